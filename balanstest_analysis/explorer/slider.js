// A slider that is a slider to everyone: named by its label, and telling the value as it is printed.
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
    model.on("change:index", show);
    show();
  },
};
