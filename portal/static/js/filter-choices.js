// A box over a long list of choices: only those that hold what is typed stay visible; the chosen one always does.
for (const place of document.querySelectorAll("[data-filter-choices]")) {
  const labels = [...place.querySelectorAll("label > [type=radio]")].map((radio) => radio.parentElement);
  if (labels.length < 13) continue;
  const box = document.createElement("input");
  box.type = "search";
  box.autocomplete = "off";
  box.className = "input--medium choice-filter";
  box.setAttribute("aria-label", place.dataset.filterChoices);
  box.placeholder = place.dataset.filterChoices;
  const note = document.createElement("p");
  note.className = "soft";
  note.setAttribute("role", "status");
  labels[0].parentElement.parentElement.before(box, note);
  box.addEventListener("input", () => {
    const words = box.value.trim();
    let count = 0;
    for (const label of labels) {
      const isShown = !words || label.textContent.includes(words) || label.firstElementChild.checked;
      label.parentElement.hidden = !isShown;
      count += isShown;
    }
    note.textContent = !words ? "" : count ? `${count} 个` : "没有这个名字，请换一两个字";
  });
  // Enter in the box must not send the form before anything was chosen
  box.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
}
