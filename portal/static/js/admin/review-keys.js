// The queue and a review by keyboard: single letters outside fields; every one does what a visible control does.
const rows = () => [...document.querySelectorAll("table.listing tbody tr")].filter((row) => row.querySelector("a[href]"));
let place = -1;

const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

const go = (step) => {
    const all = rows();
    if (!all.length) return;
    place = Math.min(all.length - 1, Math.max(0, place + step));
    all.forEach((row, at) => row.classList.toggle("review-row--current", at === place));
    all[place].querySelector("a[href]").focus();
};

document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const verb = document.querySelector("#decision .decision-verbs");
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "x" && place >= 0) rows()[place]?.querySelector("input[type=checkbox]")?.click();
    else if (event.key === "u" && verb) location.assign(document.querySelector("[data-queue-url]").dataset.queueUrl);
    else if (verb && /^[1-9]$/.test(event.key)) {
        const choice = verb.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
        if (!choice) return;
        choice.click();
        const next = [...document.querySelectorAll(".decision-fields textarea, .decision-fields select")].find((field) => field.offsetParent);
        (next || choice).focus();
    } else return;
    event.preventDefault();
});
