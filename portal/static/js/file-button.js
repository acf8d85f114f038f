// A file field with a button in Chinese and the names of what was chosen; the native control stays, out of sight.
for (const input of document.querySelectorAll("input[type=file]")) {
  if (!input.id) continue;
  const button = document.createElement("label");
  button.className = "button button--secondary file-button";
  button.htmlFor = input.id;
  button.textContent = input.dataset.button || "选择文件";
  const names = document.createElement("p");
  names.className = "file-names";
  names.setAttribute("role", "status");
  const show = () => {
    const chosen = [...input.files].map((file) => file.name);
    names.textContent = chosen.length ? `已选 ${chosen.length} 个：${chosen.join("、")}` : "还没有选择";
  };
  input.classList.add("visually-hidden", "file-input");
  input.after(button, names);
  input.addEventListener("change", show);
  show();
}
