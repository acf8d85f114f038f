// Character count: says how much is left or over; nothing is ever cut off.
for (const field of document.querySelectorAll("[data-count]")) {
  const limit = Number(field.dataset.count);
  const input = field.querySelector("textarea, input");
  const message = field.querySelector("[data-count-message]");
  if (!input || !message) continue;
  // a quiet copy for screen readers, spoken only after a pause in typing
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  message.after(spoken);
  let timer;
  const show = () => {
    const left = limit - [...input.value].length;
    message.textContent = left >= 0 ? `还可以写 ${left} 字（最多 ${limit} 字）` : `超出 ${-left} 字（最多 ${limit} 字）`;
    message.classList.toggle("field__count--over", left < 0);
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (document.activeElement === input) spoken.textContent = message.textContent;
    }, 1200);
  };
  input.addEventListener("input", show);
  show();
}
