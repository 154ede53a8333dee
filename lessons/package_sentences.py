"""The twins of what is said about a mistake in a package file: what it is, and how to mend it.

Before the colon the English of who checks it, with a name where something of the file stands;
after it the same for an editor. ``package_problems`` brings them together.
"""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "this is missing": _("Dit ontbreekt. Vul het in."),
    "this key is unknown": _(
        "Dit woord kennen we niet op deze plek. Kijk of het goed geschreven is, of haal het weg."
    ),
    "this file is missing": _("Dit bestand ontbreekt. Zet het in het pakket."),
    "this file is not UTF-8": _(
        "Dit bestand is niet in UTF-8 bewaard. Bewaar het opnieuw als UTF-8."
    ),
    "the file is empty": _("Het bestand is leeg. Vul het, of haal het weg."),
    "too many lists inside each other": _(
        "Er staan te veel lijsten in elkaar. Maak het eenvoudiger."
    ),
    "write this out: '*' may only name a word": _(
        "Schrijf dit helemaal uit. Een verwijzing met * mag alleen voor één woord."
    ),
    "'{name}' is there twice": _("‘%(name)s’ staat er twee keer. Haal er één weg."),
    (
        "this is version {version} of the format, and this site reads up to {newest}: "
        "update the site first"
    ): _(
        "Dit is versie %(version)s van de bestandsvorm. Deze site leest tot en met "
        "%(newest)s. Laat eerst de site bijwerken."
    ),
    "there is no file {name}": _(
        "Er is geen bestand %(name)s. Zet het erbij, of haal de naam hier weg."
    ),
    "there is no file {name} in UTF-8": _(
        "Er is geen bestand %(name)s in UTF-8. Zet het erbij, of bewaar het als UTF-8."
    ),
    "the slug must be '{slug}', as the file's name": _(
        "De slug moet ‘%(slug)s’ zijn, net als de naam van het bestand. Maak ze gelijk."
    ),
    "{file} does not list this file under '{key}'": _(
        "Dit bestand staat niet in de lijst ‘%(key)s’ van %(file)s. Zet het in die lijst, "
        "of haal het bestand weg."
    ),
    "age_to is lower than age_from": _("De hoogste leeftijd is lager dan de laagste. Draai ze om."),
    "source '{name}' comes twice": _(
        "De bron ‘%(name)s’ staat er twee keer. Geef één ervan een andere naam."
    ),
    "'{slug}' cannot be a lesson's slug": _(
        "‘%(slug)s’ kan niet de slug van een les zijn: dat adres is al van iets anders. "
        "Kies een andere."
    ),
    "there is no source '{name}'": _(
        "Er is geen bron ‘%(name)s’. Zet die in package.yaml, of verbeter de naam."
    ),
    "there is no helpline '{name}'": _(
        "Deze site heeft geen hulplijn ‘%(name)s’. Voeg die eerst toe, of kies een andere."
    ),
    "there is no signal '{name}'": _(
        "Deze site heeft geen signaal ‘%(name)s’. Voeg het eerst toe, of kies een ander."
    ),
    "there is no quiz '{name}' in this package": _(
        "Er is geen quiz ‘%(name)s’ in dit pakket. Zet die erbij, of verbeter de naam."
    ),
    "there is no lesson '{name}' in this package": _(
        "Er is geen les ‘%(name)s’ in dit pakket. Zet die erbij, of verbeter de naam."
    ),
    "there is no question '{name}' in this package": _(
        "Er is geen vraag ‘%(name)s’ in dit pakket. Zet die in een quiz, of verbeter het kenmerk."
    ),
    (
        "the quiz '{name}' explains later, or draws its questions: none of them can stand in a step"
    ): _(
        "De quiz ‘%(name)s’ geeft later uitleg, of loot vragen. Een vraag daaruit kan niet "
        "in een stap. Kies een vraag uit een andere quiz."
    ),
    "a question of this type cannot stand in a step: chance decides its order": _(
        "Deze soort vraag kan niet in een stap: het toeval bepaalt de volgorde. Kies een "
        "andere vraag."
    ),
    "this id is also at {place}": _(
        "Dit kenmerk (id) staat ook bij %(place)s. Geef dit deel een nieuw kenmerk."
    ),
    "{file} has other captions or another transcript elsewhere": _(
        "%(file)s heeft ergens anders een andere ondertiteling of een andere tekst. Maak ze "
        "overal gelijk."
    ),
    "longer than {limit} characters": _("Dit is langer dan %(limit)s tekens. Maak het korter."),
    "this text may not hold {names}": _(
        "In deze tekst mag dit niet staan: %(names)s. Haal het weg."
    ),
    "a link must start with https:, http:, mailto: or tel:": _(
        "Een link moet beginnen met https:, http:, mailto: of tel:. Verbeter de link."
    ),
    "an easy_text follows a text, case or timeline: block {places}": _(
        "Makkelijke tekst (easy_text) hoort direct onder een text, case of timeline. Verplaats "
        "blok %(places)s, of haal het weg."
    ),
    "give 'alt', or 'decorative: true', and not both": _(
        "Geef een tekst voor wie het beeld niet ziet (alt), of zeg dat het versiering is "
        "(decorative: true). Niet allebei."
    ),
    "a caption is not shown here: write it in the explanation": _(
        "Een bijschrift is hier niet te zien. Zet het in de uitleg."
    ),
    "a role_play needs safety: the rules that everybody hears first": _(
        "Bij een rollenspel horen afspraken die iedereen eerst hoort. Vul ‘safety’ in."
    ),
    "a statement_line needs statements": _(
        "Bij stellingen op een lijn horen stellingen. Vul ‘statements’ in."
    ),
    "exactly one choice must have 'is_right: true'": _(
        "Precies één antwoord moet goed zijn. Zet bij dat antwoord ‘is_right: true’, en bij "
        "de andere niet."
    ),
    "at least one choice must have 'is_right: true'": _(
        "Ten minste één antwoord moet goed zijn. Zet daar ‘is_right: true’ bij."
    ),
    "exactly one reason must have 'is_right: true'": _(
        "Precies één reden moet goed zijn. Zet bij die reden ‘is_right: true’, en bij de "
        "andere niet."
    ),
    "'{text}' is written twice": _(
        "‘%(text)s’ staat er twee keer. Haal er één weg, of maak ze verschillend."
    ),
    "give at least two different choices": _("Geef ten minste twee verschillende keuzes."),
    "'{text}': there is no group '{group}'": _(
        "‘%(text)s’: er is geen groep ‘%(group)s’. Verbeter de naam van de groep."
    ),
    "'{text}': not every group can be right": _(
        "‘%(text)s’ kan niet bij alle groepen goed zijn. Haal er ten minste één weg."
    ),
    "gap {number} is in the text and not in 'gaps'": _(
        "Gat %(number)s staat in de tekst en niet in ‘gaps’. Zet het erbij, of haal het uit "
        "de tekst."
    ),
    "gap {number} is not in the text": _(
        "Gat %(number)s staat niet in de tekst. Zet [[%(number)s]] op zijn plek."
    ),
    "gap {number} is in the text more than once": _(
        "Gat %(number)s staat vaker dan één keer in de tekst. Laat er één staan."
    ),
    "write a gap as [[1]]": _("Schrijf een gat als [[1]]."),
    "'{word}': give another word to choose from": _(
        "‘%(word)s’: geef nog een woord om uit te kiezen."
    ),
    "give 'signal' when 'is_right' is true, and only then": _(
        "Vul ‘signal’ in als ‘is_right’ waar is, en anders niet."
    ),
    "at least one piece must be a signal, and at least one must not": _(
        "Ten minste één stuk moet een signaal zijn, en ten minste één niet."
    ),
    "nothing between [[ and ]]": _("Tussen [[ en ]] staat niets. Zet daar de woorden."),
    "marked before: {piece}": _(
        "Dit stuk is al eerder aangegeven: %(piece)s. Geef het één keer aan."
    ),
    "[[ without ]]": _("Er staat [[ zonder ]]. Zet ]] na het stuk."),
    "]] without [[": _("Er staat ]] zonder [[. Zet [[ voor het stuk."),
    "[[ inside [[": _("Er staat [[ binnen [[. Sluit het eerste stuk eerst met ]]."),
    "'{piece}' is not in 'choices'": _(
        "‘%(piece)s’ staat niet in ‘choices’. Zet het erbij, of haal de haken weg."
    ),
    "'{piece}' is not between [[ and ]] in the text": _(
        "‘%(piece)s’ staat in de tekst niet tussen [[ en ]]. Zet de haken erom."
    ),
    "'{piece}' comes twice": _("‘%(piece)s’ staat er twee keer. Haal er één weg."),
    "x + width and y + height must be at most 100": _(
        "De plek valt buiten het beeld: x en breedte samen, en y en hoogte samen, zijn hooguit 100."
    ),
    "a picture to point at needs 'alt'": _(
        "Een beeld om in aan te wijzen heeft een tekst nodig voor wie het niet ziet. Vul ‘alt’ in."
    ),
    "at least one region must be right, and at least one must not": _(
        "Ten minste één plek moet goed zijn, en ten minste één niet."
    ),
    "'between' must be empty or have {count} texts": _(
        "‘between’ is leeg, of heeft %(count)s teksten. Vul het aan, of maak het leeg."
    ),
    "'{text}' cannot be recognised": _(
        "‘%(text)s’ kunnen we niet herkennen. Gebruik letters of cijfers."
    ),
    "'{text}' is already another answer": _(
        "‘%(text)s’ is al een ander antwoord. Laat er één staan."
    ),
    "'figure' must lie between 'right_from' and 'right_to'": _(
        "‘figure’ moet tussen ‘right_from’ en ‘right_to’ liggen. Verbeter de getallen."
    ),
    "'near_from' and 'near_to' must both be wider than right, or absent": _(
        "‘near_from’ en ‘near_to’ moeten allebei ruimer zijn dan wat goed is. Of laat ze "
        "allebei weg."
    ),
    'write a time as "0:12" or "0:12,5"': _('Schrijf een tijd als "0:12" of "0:12,5".'),
    "write the signals in the order of the recording": _(
        "Zet de signalen in de volgorde van de opname."
    ),
    "check_by must be later than checked_on": _(
        "‘check_by’ moet later zijn dan ‘checked_on’. Verbeter de datum."
    ),
    "the steps add up to {total} minutes, the lesson says {minutes}": _(
        "De stappen duren samen %(total)s minuten en de les zegt %(minutes)s. Maak ze gelijk."
    ),
    "a {kind} asks nothing with a right answer: question {numbers}": _(
        "In een quiz van de soort ‘%(kind)s’ heeft geen vraag een goed antwoord. Verander "
        "vraag %(numbers)s, of kies een andere soort."
    ),
    "a {kind} needs a question with a right answer": _(
        "Een quiz van de soort ‘%(kind)s’ heeft een vraag met een goed antwoord nodig. Voeg "
        "er één toe."
    ),
    "draws {count} of {total} questions": _(
        "De quiz loot %(count)s vragen, en er zijn er %(total)s. Loot er minder, of schrijf "
        "er meer."
    ),
    "one band must start at 0": _("Eén uitslag moet bij 0 beginnen. Zet die erbij."),
    "language: must be '{language}'": _(
        "De taal moet ‘%(language)s’ zijn, net als de naam van de map."
    ),
    "there is no original of this file": _(
        "Van dit bestand is er geen Nederlands origineel. Zet dat erbij, of haal dit bestand weg."
    ),
    "the ids are not those of the original, in the same order": _(
        "De kenmerken (id) zijn niet die van het origineel, in dezelfde volgorde. Neem ze over."
    ),
    "heavy_notice: must be there where the original has one, and nowhere else": _(
        "De waarschuwing (heavy_notice) staat waar het origineel er één heeft, en nergens "
        "anders. Maak ze gelijk."
    ),
    "another quiz has the slug '{slug}'": _(
        "Een andere quiz op deze site heeft al de slug ‘%(slug)s’. Kies een andere."
    ),
    "another package has the slug '{slug}'": _(
        "Een ander pakket op deze site heeft al de slug ‘%(slug)s’. Kies een andere."
    ),
    "another lesson has the slug '{slug}'": _(
        "Een andere les op deze site heeft al de slug ‘%(slug)s’. Kies een andere."
    ),
    (
        "the quiz is {size} MB and may not be larger than {most} MB: make it two quizzes, "
        "or shorten long texts"
    ): _(
        "De quiz is %(size)s MB en mag niet groter zijn dan %(most)s MB. Maak er twee van, "
        "of kort lange teksten in."
    ),
    "{file} is empty": _("%(file)s is leeg. Zet het goede bestand erin."),
    "{file} is larger than {size} MB": _("%(file)s is groter dan %(size)s MB. Maak het kleiner."),
    "{file} is no MP4, WebM, M4A, MP3 or Ogg that browsers play": _(
        "%(file)s is geen MP4, WebM, M4A, MP3 of Ogg die browsers afspelen. Zet het om."
    ),
    "{file} holds no picture and no sound": _(
        "%(file)s heeft geen beeld en geen geluid. Zet het goede bestand erin."
    ),
    "{file} does not say how long it takes": _(
        "%(file)s zegt niet hoe lang het duurt. Bewaar het opnieuw met een ander programma."
    ),
    "{file} is another kind of file than its name says": _(
        "%(file)s is een andere soort bestand dan de naam zegt. Geef het de goede naam, of "
        "zet het om."
    ),
    "{file} holds macros": _("In %(file)s zitten macro’s. Bewaar het zonder macro’s."),
    "this is sound: it has no picture": _(
        "Dit is geluid: daar hoort geen beeld bij. Haal ‘poster’ weg."
    ),
    "the first word must be WEBVTT": _(
        "Het eerste woord van een ondertiteling is WEBVTT. Zet dat bovenaan."
    ),
    "a time belongs here, as 00:01.000 --> 00:04.000": _(
        "Hier hoort een tijd, als 00:01.000 --> 00:04.000."
    ),
    "write the time as 00:01.000 --> 00:04.000": _("Schrijf de tijd als 00:01.000 --> 00:04.000."),
    "the end must be later than the beginning": _(
        "Het einde moet later zijn dan het begin. Verbeter de tijden."
    ),
    "begins earlier than the one before it": _(
        "Dit begint eerder dan wat ervoor staat. Zet de tijden op volgorde."
    ),
    "begins after the recording has ended": _(
        "Dit begint als de opname al voorbij is. Verbeter de tijd."
    ),
    "there are no words with this time": _(
        "Bij deze tijd staan geen woorden. Schrijf ze eronder, of haal de tijd weg."
    ),
    "too long to read": _("Dit is te lang om te lezen. Verdeel het over meer regels."),
    "there is no caption in it": _("Er staat geen ondertiteling in. Schrijf die."),
    "begin with a time and words, as 0:12 Jay: hoi": _(
        "Begin met een tijd en woorden, als 0:12 Jay: hoi."
    ),
    "this time must be later than the one before it": _(
        "Deze tijd moet later zijn dan de vorige. Zet de tijden op volgorde."
    ),
    "too long": _("Dit is te lang. Maak het korter."),
    "too many lines": _("Er zijn te veel regels. Haal er een paar weg."),
    "the recording takes {duration}": _("De opname duurt %(duration)s. Blijf daarbinnen."),
    "give at least {shortest}": _("Geef ten minste %(shortest)s de tijd."),
    "the signal before it goes on until {end}": _(
        "Het signaal ervoor duurt tot %(end)s. Begin daarna."
    ),
    "begin at or after {earliest}, or pressing all the time wins": _(
        "Begin op of na %(earliest)s. Anders wint wie de hele tijd drukt."
    ),
    "begin where a line of the transcript begins; nearby is {nearest}": _(
        "Begin waar een regel van de tekst begint. Dichtbij is %(nearest)s."
    ),
    "go on until after {middle}, the middle of the line it begins with": _(
        "Ga door tot na %(middle)s: het midden van de regel waarmee het begint."
    ),
    "together the signals take {total}: more than half of the recording": _(
        "Samen duren de signalen %(total)s: meer dan de helft van de opname. Maak ze korter."
    ),
    "leave {room} before the first or after the last signal": _(
        "Laat %(room)s over voor het eerste of na het laatste signaal."
    ),
    "larger than {size} kB": _("Dit beeld is groter dan %(size)s kB. Maak het kleiner."),
    "not well-formed XML": _("Dit is geen goede XML. Bewaar het beeld opnieuw."),
    "no <svg> in it": _("Er staat geen <svg> in. Bewaar het beeld opnieuw als SVG."),
    "a DOCTYPE is not allowed": _("Een DOCTYPE mag niet in een beeld. Haal die weg."),
    "the first element is not <svg>": _(
        "Het eerste element is niet <svg>. Bewaar het beeld opnieuw als SVG."
    ),
    "{tag} is not allowed": _("%(tag)s mag niet in een beeld. Haal het weg."),
    "the event '{name}' is not allowed": _(
        "‘%(name)s’ mag niet in een beeld: dat voert iets uit. Haal het weg."
    ),
    "a link to outside the picture is not allowed": _(
        "Een link naar buiten mag niet in een beeld. Haal die weg."
    ),
    "{name} fetches something from outside the picture": _(
        "%(name)s haalt iets van buiten het beeld. Haal het weg."
    ),
    "Input should be a valid string": _(
        "Hier hoort tekst. Zet er aanhalingstekens om als het een getal of een datum is."
    ),
    "Input should be a valid integer{more}": _("Hier hoort een heel getal."),
    "Input should be a valid integer": _("Hier hoort een heel getal."),
    "Input should be a valid number{more}": _("Hier hoort een getal."),
    "Input should be a valid number": _("Hier hoort een getal."),
    "Input should be a valid boolean{more}": _("Hier hoort true of false."),
    "Input should be a valid boolean": _("Hier hoort true of false."),
    "Input should be a valid list": _(
        "Hier hoort een lijst: elk deel op een eigen regel, met een streepje ervoor."
    ),
    "Input should be a valid dictionary{more}": _(
        "Hier horen velden met een naam, een dubbele punt en een waarde."
    ),
    "Input should be a valid date{more}": _("Hier hoort een datum, als 2026-11-27."),
    "Input should be a valid UUID{more}": _(
        "Hier hoort een kenmerk (UUID). Maak een nieuw kenmerk."
    ),
    "Input should be {options}": _("Hier mag alleen dit staan: %(options)s. Kies er één."),
    "Input should be greater than or equal to {least}": _("Dit moet ten minste %(least)s zijn."),
    "Input should be less than or equal to {most}": _("Dit mag hooguit %(most)s zijn."),
    "Input should be greater than {least}": _("Dit moet meer zijn dan %(least)s."),
    "Input should be less than {most}": _("Dit moet minder zijn dan %(most)s."),
    "String should have at least {least} character{s}": _(
        "Dit is leeg of te kort. Schrijf ten minste %(least)s teken."
    ),
    "String should have at least {least} character": _(
        "Dit is leeg. Vul het in, of haal de regel weg."
    ),
    "String should have at most {most} characters": _(
        "Dit is langer dan %(most)s tekens. Maak het korter."
    ),
    "String should match pattern '{pattern}'": _(
        "Dit heeft niet de vorm die hier hoort. In een slug of bestandsnaam staan alleen "
        "kleine letters, cijfers en streepjes."
    ),
    "List should have at least {least} item{s} after validation, not {count}": _(
        "Hier horen er ten minste %(least)s, en er zijn er %(count)s. Voeg toe wat ontbreekt."
    ),
    "List should have at least {least} item after validation, not {count}": _(
        "Hier hoort er ten minste één, en er is er geen. Voeg er één toe."
    ),
    "List should have at most {most} item{s} after validation, not {count}": _(
        "Hier mogen er hooguit %(most)s staan, en er zijn er %(count)s. Haal weg wat te veel is."
    ),
    "Unable to extract tag using discriminator {name}": _(
        "Hier ontbreekt de soort. Vul ‘type’ in."
    ),
    ("Input tag '{tag}' found using {name} does not match any of the expected tags: {options}"): _(
        "De soort ‘%(tag)s’ kennen we niet. Kies er één van deze: %(options)s."
    ),
    "Input should be a valid dictionary or instance of {name}": _(
        "Hier horen velden met een naam, een dubbele punt en een waarde."
    ),
    "could not find expected ':'": _(
        "Er mist een dubbele punt. Schrijf: naam, dubbele punt, waarde."
    ),
    "mapping values are not allowed here": _(
        "Er staat een dubbele punt waar die niet hoort, of de regel springt verkeerd in. "
        "Zet tekst met een dubbele punt tussen aanhalingstekens."
    ),
    "found character '\\t' that cannot start any token": _("Er staat een tab. Gebruik spaties."),
    "expected <block end>, but found {found}": _(
        "Deze regel springt verkeerd in. Zet hem recht onder de regel waar hij bij hoort."
    ),
    "found unexpected end of stream": _(
        "Het bestand houdt te vroeg op. Kijk of er een aanhalingsteken mist."
    ),
}
