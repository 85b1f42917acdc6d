// Sentences that a screen reader tells by itself when they change: the region itself stays.
const GONE = new Set(["restarting", "autorestarting", "terminating", "dead"]);

function paragraphs(sentences) {
  return sentences.map((sentence, place) => {
    const line = document.createElement("p");
    const words = place === 0 ? line.appendChild(document.createElement("strong")) : line;
    words.textContent = sentence;
    return line;
  });
}

function* moments(model, el, asleep, look) {
  // who comes back to this tab, place or window may have changed the dossier in another
  const seen = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && look());
  const unhidden = new ResizeObserver(look);
  for (const observer of [seen, unhidden]) {
    observer.observe(el);
    yield () => observer.disconnect();
  }
  window.addEventListener("focus", look);
  yield () => window.removeEventListener("focus", look);
  model.on("comm_live_update", asleep);
  yield () => model.off("comm_live_update", asleep);
  const kernel = model.widget_manager.kernel; // JupyterLab has it, others may not
  const heard = (_, status) => GONE.has(status) && asleep();
  kernel?.statusChanged.connect(heard);
  yield () => kernel?.statusChanged.disconnect(heard);
  kernel?.disposed.connect(asleep);
  yield () => kernel?.disposed.disconnect(asleep);
}

export default {
  render({ model, el }) {
    const region = document.createElement("div");
    region.setAttribute("role", "status");
    region.setAttribute("aria-live", "polite");
    region.setAttribute("aria-atomic", "true");
    el.append(region);

    let awake = true;
    const show = () => awake && region.replaceChildren(...paragraphs(model.get("sentences")));
    model.on("change:sentences", show);
    show();
    if (!model.get("asleep")) return undefined;

    const asleep = () => {
      awake = false;
      region.replaceChildren(...paragraphs([model.get("asleep")]));
      region.classList.add("balanstest-asleep");
      const controls = el.closest(".balanstest-explorer")?.querySelectorAll("input, select, textarea, button");
      for (const control of controls ?? []) control.disabled = true;
    };
    const look = () => awake && model.send({ kind: "look" });
    const ends = [...moments(model, el, asleep, look)];
    return () => ends.forEach((end) => end());
  },
};
