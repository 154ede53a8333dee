/** What the queue says; a page gives its own language's in <template class="answer-queue__texts">. */
const TEXTS = {
  saving: "Bezig met opslaan…",
  saved: "Opgeslagen",
  waiting: "Nog niet opgeslagen. We proberen het steeds opnieuw.",
  waitingOne: "1 antwoord wacht.",
  waitingMany: "{count} antwoorden wachten.",
  waitingFeedback: "Je antwoord wacht. Je ziet straks of het goed was.",
  waitingUnmarked: "Je antwoord wacht. We slaan het op zodra het kan.",
  waitingTyped:
    "We bewaren getypte woorden niet op dit toestel. Blijf op deze pagina tot er 'Opgeslagen' staat.",
  refused: "Dit antwoord kan niet worden opgeslagen. Laad de pagina opnieuw.",
  notYours: "We weten niet meer wie je bent. Je antwoorden zijn nog niet opgeslagen.",
  returnLink: "Vul je terugkeercode in om door te gaan",
  noStorage: "Dit toestel kan geen antwoorden bewaren. Blijf online.",
  right: "Juist",
  wrong: "Niet juist",
  missed: "Dit is juist",
  chosen: "Jouw antwoord",
  next: "Volgende vraag",
  result: "Bekijk je uitslag",
  resultWaits: "Je uitslag komt als alles is opgeslagen.",
  kept: "Je antwoord is opgeslagen",
  change: "Verander mijn antwoord",
  overview: "Kijk alles na",
  overviewWaits: "Je kunt inleveren als alles is opgeslagen.",
  progress: "Vraag {number} van {total}",
};

/** The texts of this page, and ours for what it does not give. */
export function textsOf(root) {
  const template = root.querySelector("template.answer-queue__texts");
  const given = [...(template?.content.querySelectorAll("[data-text]") ?? [])];
  return {
    ...TEXTS,
    ...Object.fromEntries(given.map((text) => [text.dataset.text, text.textContent.trim()])),
  };
}
