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
  const near = document.querySelector("[data-near-url]");
  const division = document.getElementById("id_division");
  // posted, so that the position stands in no address; only once the box is ticked, and again for another street
  const look = async () => {
    if (!near) return;
    near.textContent = "";
    if (!field.value) return;
    const sent = new FormData();
    sent.append("position", field.value);
    sent.append("division", division ? division.value : "");
    sent.append("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(near.dataset.nearUrl, { method: "POST", body: sent, headers: { Accept: "text/html" } });
      // the fragment comes from our own server, already escaped there
      if (answer.ok) near.innerHTML = await answer.text();
    } catch (gone) { /* a missing hint disturbs nobody */ }
  };
  const keep = () => {
    field.value = tick.checked ? found : "";
    look();
  };
  if (division) division.addEventListener("change", look);
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
