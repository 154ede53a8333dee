"""Names for learners in a class. Plain Python.

Nobody types a name (P-02). An adjective and an animal, both Dutch, both kind: nothing
about looks, size or colour, nothing that flirts or mocks; no animal that serves as a
term of abuse. All animals take "de", so that every adjective ends in -e.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection

ADJECTIVES = tuple(
    """
    Aardige Actieve Alerte Attente Bedachtzame Behendige Bekwame
    Bijzondere Blije Creatieve Dappere Dromerige Dynamische Eerlijke Energieke
    Feestelijke Flexibele Fluitende Frisse Geduldige Geestige
    Gelukkige Goedlachse Grappige Handige Hartelijke Heldere IJverige
    Inventieve Jolige Kalme Knutselende Krachtige Kundige Lachende Levendige Magische
    Moedige Montere Muzikale Nuchtere Oplettende Oprechte Opgewekte Originele
    Pientere Positieve Reislustige Rustige Schrandere Slimme Snelle Sportieve
    Sterke Stralende Swingende Trouwe Vlotte
    Volhardende Vrolijke Wakkere Wijze Zingende Zonnige Zorgzame
    """.split()  # noqa: SIM905
)
ANIMALS = tuple(
    """
    Adelaar Albatros Alpaca Antilope Bever Bizon Boomklever Bosuil Buizerd Das Dolfijn
    Dromedaris Eekhoorn Egel Eland Ekster Fazant Flamingo Fuut Gaai Gekko Giraf
    Grutto Haas Havik Hermelijn IJsvogel Impala Jaguar Kameleon Kangoeroe Karekiet Karper
    Kievit Kiwi Koala Kolibri Koolmees Kraanvogel Krekel Lama Leeuwerik Libel Lijster Lynx
    Marmot Meeuw Merel Mus Narwal Nachtegaal Ocelot Orka Otter Panda Panter
    Parkiet Pelikaan Pinguïn Poema Reiger Roodborst Salamander Specht Spreeuw
    Steenbok Steenuil Stern Tapuit Tijger Toekan Tortel Tuimelaar Valk Vink Visarend Vlinder
    Vos Wasbeer Wezel Wielewaal Wolf Wulp Zalm Zebra Zeehond Zeeotter Zeester Zwaluw Zwaan
    """.split()  # noqa: SIM905
)


def new_nickname(taken: Collection[str]) -> str:
    """A nickname that nobody in the class has. A number follows once all are taken."""
    for _attempt in range(50):
        nickname = f"{secrets.choice(ADJECTIVES)} {secrets.choice(ANIMALS)}"
        if nickname not in taken:
            return nickname
    free = [f"{one} {two}" for one in ADJECTIVES for two in ANIMALS]
    free = [nickname for nickname in free if nickname not in taken]
    if free:
        return secrets.choice(free)
    number = 2
    while True:
        nickname = f"{secrets.choice(ADJECTIVES)} {secrets.choice(ANIMALS)} {number}"
        if nickname not in taken:
            return nickname
        number += 1
