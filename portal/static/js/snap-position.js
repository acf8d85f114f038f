// 随手拍: asks where one is only when the button is pressed; it is sent only where the sender ticks the box.
for (const place of document.querySelectorAll("[data-take-position]")) {
  const button = place.querySelector("button");
  const said = place.querySelector("[role=status]");
  const taken = place.querySelector("[data-position-taken]");
  const field = document.getElementById("id_position");
  const tick = document.getElementById("id_keeps_position");
  if (!navigator.geolocation || !button || !field || !tick) continue;
  place.hidden = false;
  let found = "";
  const keep = () => { field.value = tick.checked ? found : ""; };
  tick.addEventListener("change", keep);
  button.addEventListener("click", () => {
    said.textContent = "正在取得您的位置……";
    navigator.geolocation.getCurrentPosition((where) => {
      found = `${where.coords.latitude.toFixed(5)},${where.coords.longitude.toFixed(5)}`;
      taken.hidden = false;
      said.textContent = "已取得位置。勾选下面一项才会保存。";
      keep();
    }, () => { said.textContent = "没有取得位置。请在上面写明地点。"; }, { maximumAge: 60000, timeout: 10000 });
  });
}
