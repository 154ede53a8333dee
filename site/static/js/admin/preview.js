// What Wagtail's preview forgets: a mode that is chosen while it is being made.
//
// It makes one preview at a time, and a choice in between goes to nothing: the menu says "teacher"
// and the frame shows what a pupil sees, until something else is typed. So when a preview is there,
// this looks whether it is the one that the menu asks for.

document.addEventListener("w-preview:loaded", ({ target }) => {
  const menu = target.querySelector('[data-w-preview-target="mode"]');
  const frame = target.querySelector("#w-preview-iframe");
  if (!menu || !frame) return;
  const shown = new URL(frame.src).searchParams.get("mode");
  // Afterwards: Wagtail has done with this one only when all who listen have been told.
  if (shown !== menu.value) setTimeout(() => menu.dispatchEvent(new Event("change")));
});
