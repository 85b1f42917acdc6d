// A slider that is a slider to everyone: named by its label, and telling the value as it is printed.
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const KEYS = new Set([...ARROWS, "Home", "End", "PageUp", "PageDown"]);

export default {
  render({ model, el }) {
    const id = `balanstest-slider-${Math.random().toString(36).slice(2)}`;
    const row = document.createElement("div");
    row.className = "balanstest-slider";
    const label = document.createElement("label");
    label.htmlFor = id;
    label.textContent = model.get("label");
    const input = document.createElement("input");
    Object.assign(input, { id, type: "range", min: 0, step: 1 });
    const output = document.createElement("output");
    output.htmlFor = id;
    row.append(label, input, output);
    el.append(row);

    const show = () => {
      const words = model.get("words");
      input.max = words.length - 1;
      input.value = model.get("index");
      output.textContent = words[model.get("index")];
      input.setAttribute("aria-valuetext", output.textContent);
    };
    input.addEventListener("input", () => {
      model.set("index", Number(input.value));
      model.save_changes();
      show();
    });
    // JupyterLab hears keys before the slider does, and would fold headings instead
    const keep = (event) => {
      if (event.target === input && KEYS.has(event.key)) event.stopImmediatePropagation();
    };
    window.addEventListener("keydown", keep, true);
    model.on("change:index", show);
    show();
    return () => window.removeEventListener("keydown", keep, true);
  },
};
