// Sentences that a screen reader tells by itself when they change: the region itself stays.
export default {
  render({ model, el }) {
    const region = document.createElement("div");
    region.setAttribute("role", "status");
    region.setAttribute("aria-live", "polite");
    region.setAttribute("aria-atomic", "true");
    el.append(region);

    const show = () => {
      const lines = model.get("sentences").map((sentence, place) => {
        const line = document.createElement("p");
        const words = place === 0 ? line.appendChild(document.createElement("strong")) : line;
        words.textContent = sentence;
        return line;
      });
      region.replaceChildren(...lines);
    };
    model.on("change:sentences", show);
    show();
  },
};
