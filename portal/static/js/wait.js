// [data-wait="60"]: the button inside can be pressed after so many seconds and says how long it still takes.
for (const place of document.querySelectorAll("[data-wait]")) {
  const button = place.querySelector("button");
  if (!button) continue;
  const label = button.textContent;
  const end = Date.now() + Number(place.dataset.wait) * 1000;
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? `${label}（${left}秒后）` : label;
    if (left > 0) setTimeout(tick, 1000);
  };
  tick();
}
