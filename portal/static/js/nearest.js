// Nearest station: asks where one is only when the button is pressed, and computes here; the place is sent nowhere.
for (const place of document.querySelectorAll("[data-nearest-url]")) {
  const button = place.querySelector("button");
  const said = place.querySelector("[role=status]");
  const list = place.querySelector("ol");
  if (!navigator.geolocation || !button || !list) continue;
  place.hidden = false;

  const rad = (degrees) => (degrees * Math.PI) / 180;
  const metres = (lat1, lon1, lat2, lon2) => {
    const a = Math.sin(rad(lat2 - lat1) / 2) ** 2
      + Math.cos(rad(lat1)) * Math.cos(rad(lat2)) * Math.sin(rad(lon2 - lon1) / 2) ** 2;
    return 12742000 * Math.asin(Math.sqrt(a));
  };
  // phones tell WGS-84, the stations' coordinates come from maps that shift by the public GCJ-02 formula
  const shifted = (lat, lon) => {
    const x = lon - 105, y = lat - 35, r = Math.sqrt(Math.abs(x)), s = (v) => Math.sin(v * Math.PI);
    const base = ((20 * s(6 * x) + 20 * s(2 * x)) * 2) / 3;
    const dLat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * r + base
      + ((20 * s(y) + 40 * s(y / 3)) * 2) / 3 + ((160 * s(y / 12) + 320 * s(y / 30)) * 2) / 3;
    const dLon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * r + base
      + ((20 * s(x) + 40 * s(x / 3)) * 2) / 3 + ((150 * s(x / 12) + 300 * s(x / 30)) * 2) / 3;
    const sin = Math.sin(rad(lat)), magic = 1 - 0.00669342162296594 * sin * sin, a = 6378245;
    return [
      lat + (dLat * 180) / (((a * (1 - 0.00669342162296594)) / (magic * Math.sqrt(magic))) * Math.PI),
      lon + (dLon * 180) / ((a / Math.sqrt(magic)) * Math.cos(rad(lat)) * Math.PI),
    ];
  };
  const told = (far) => (far < 950 ? `约 ${Math.max(50, Math.round(far / 50) * 50)} 米` : `约 ${(far / 1000).toFixed(1)} 公里`);
  const busy = (is) => { button.setAttribute("aria-disabled", is); };

  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    busy(true);
    said.textContent = "正在取得您的位置……";
    navigator.geolocation.getCurrentPosition(async (found) => {
      try {
        const answer = await fetch(place.dataset.nearestUrl, { headers: { Accept: "application/json" } });
        const { stations } = await answer.json();
        const [lat, lon] = shifted(found.coords.latitude, found.coords.longitude);
        const near = stations.map((row) => ({ ...row, far: metres(lat, lon, row.lat, row.lon) }))
          .sort((a, b) => a.far - b.far).slice(0, 5);
        list.replaceChildren(...near.map((row) => {
          const line = document.createElement("li");
          const link = document.createElement("a");
          link.href = row.url;
          link.textContent = row.name;
          line.append(link, ` ${told(row.far)}${row.address ? `，${row.address}` : ""}`);
          return line;
        }));
        said.textContent = near.length ? "离您最近的联络站（点），按直线距离：" : "还没有填写坐标的联络站，请在上面输入社区或街道的名称。";
      } catch (gone) {
        said.textContent = "没有取到联络站的位置，请稍后再试，或在上面输入社区或街道的名称。";
      }
      busy(false);
    }, (refused) => {
      said.textContent = refused.code === 1
        ? "您没有允许使用位置。没关系，在上面输入社区或街道的名称也能找到。"
        : "没有取到您的位置，请在上面输入社区或街道的名称。";
      busy(false);
    }, { maximumAge: 300000, timeout: 10000 });
  });
}
