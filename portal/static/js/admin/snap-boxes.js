// Rectangles over faces and plates: a drag on the picture fills the next row of numbers; the numbers are what counts.
for (const place of document.querySelectorAll("[data-snap-boxes]")) {
  const rows = [...document.querySelectorAll("[data-box]")].map((row) => [...row.querySelectorAll("input")]);
  const said = place.querySelector("[role=status]");
  const space = "http://www.w3.org/2000/svg";
  const sheet = document.createElementNS(space, "svg");
  sheet.setAttribute("viewBox", "0 0 100 100");
  sheet.setAttribute("preserveAspectRatio", "none");
  sheet.setAttribute("aria-hidden", "true");
  place.append(sheet);
  const draw = () => {
    sheet.replaceChildren(...rows.filter((row) => row.every((input) => input.value !== "")).map((row) => {
      const box = document.createElementNS(space, "rect");
      ["x", "y", "width", "height"].forEach((name, at) => box.setAttribute(name, row[at].value));
      return box;
    }));
  };
  const at = (event) => {
    const frame = sheet.getBoundingClientRect();
    const within = (value) => Math.round(Math.min(100, Math.max(0, value)) * 10) / 10;
    return [within(((event.clientX - frame.left) / frame.width) * 100), within(((event.clientY - frame.top) / frame.height) * 100)];
  };
  let start = null;
  let row = null;
  const fill = (event) => {
    const end = at(event);
    const values = [Math.min(start[0], end[0]), Math.min(start[1], end[1]), Math.abs(end[0] - start[0]), Math.abs(end[1] - start[1])];
    row.forEach((input, place_) => { input.value = Math.round(values[place_] * 10) / 10; });
    draw();
  };
  sheet.addEventListener("pointerdown", (event) => {
    row = rows.find((inputs) => inputs.every((input) => input.value === ""));
    if (!row) return;
    event.preventDefault();
    start = at(event);
    sheet.setPointerCapture(event.pointerId);
  });
  sheet.addEventListener("pointermove", (event) => { if (start) fill(event); });
  sheet.addEventListener("pointerup", (event) => {
    if (!start) return;
    fill(event);
    if (Number(row[2].value) < 0.5 || Number(row[3].value) < 0.5) row.forEach((input) => { input.value = ""; });
    else said.textContent = place.dataset.say;
    start = null;
    draw();
  });
  for (const input of rows.flat()) input.addEventListener("input", draw);
  for (const button of document.querySelectorAll("[data-clear]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const input of button.closest("[data-box]").querySelectorAll("input")) input.value = "";
      draw();
    });
  }
  draw();
}
