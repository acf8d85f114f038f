// Read aloud, in elder mode: only with a Chinese voice that this device speaks itself, so that no text leaves it.
// Pausing means stopping and remembering the sentence, because several phones cannot pause.
{
  const place = document.querySelector("[data-read-aloud]");
  const speech = window.speechSynthesis;
  const LONGEST = 120;
  let voice = null;
  let pieces = [];
  let at = 0;
  let turn = 0;

  const buttons = {};
  for (const button of place ? place.querySelectorAll("[data-read]") : []) buttons[button.dataset.read] = button;

  // one sentence after the other; a long one is cut at its commas, or at last anywhere
  const sentences = (text) =>
    (text.replace(/\s+/g, " ").match(/[^。！？；!?;]+[。！？；!?;]*/g) || []).reduce((parts, sentence) => {
      let rest = sentence.trim();
      while (rest.length > LONGEST) {
        const comma = rest.lastIndexOf("，", LONGEST);
        const end = comma > 20 ? comma + 1 : LONGEST;
        parts.push(rest.slice(0, end));
        rest = rest.slice(end);
      }
      return rest ? parts.concat(rest) : parts;
    }, []);

  const collect = () => {
    const found = [];
    const main = document.getElementById("main");
    for (const element of main.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd, th, td, caption, figcaption, label, legend, summary")) {
      // the innermost element speaks; what is hidden or only a tool stays silent
      if (element.querySelector("h1, h2, h3, h4, p, li, dt, dd")) continue;
      if (!element.offsetParent || element.closest("[hidden], nav, .no-print, .read-aloud, button")) continue;
      for (const text of sentences(element.textContent)) found.push({ element, text });
    }
    return found;
  };

  const show = (state) => {
    buttons.start.hidden = state !== "still";
    buttons.pause.hidden = state !== "speaking";
    buttons.resume.hidden = state !== "paused";
    buttons.stop.hidden = state === "still";
  };
  const mark = (element) => {
    for (const old of document.querySelectorAll(".is-being-read")) old.classList.remove("is-being-read");
    if (element) element.classList.add("is-being-read");
  };
  const silence = () => {
    turn += 1; // what was still queued no longer counts
    speech.cancel();
  };
  const stop = () => {
    silence();
    at = 0;
    mark(null);
    show("still");
  };
  const speak = () => {
    if (at >= pieces.length) {
      stop();
      buttons.start.focus();
      return;
    }
    const mine = turn;
    const piece = pieces[at];
    const said = new SpeechSynthesisUtterance(piece.text);
    said.voice = voice;
    said.lang = voice.lang;
    said.rate = 0.9;
    said.onend = () => {
      if (mine !== turn) return;
      at += 1;
      speak();
    };
    said.onerror = () => {
      if (mine === turn) stop();
    };
    mark(piece.element);
    speech.speak(said);
  };
  const press = {
    start() {
      pieces = collect();
      at = 0;
      show("speaking");
      buttons.pause.focus();
      silence();
      speak();
    },
    pause() {
      silence();
      show("paused");
      buttons.resume.focus();
    },
    resume() {
      show("speaking");
      buttons.pause.focus();
      speak();
    },
    stop() {
      stop();
      buttons.start.focus();
    },
  };
  const look = () => {
    const own = speech.getVoices().filter((each) => each.localService && /^(zh|cmn)/i.test(each.lang));
    voice = own.find((each) => /CN|Hans/i.test(each.lang)) || own[0] || null;
    place.hidden = !voice;
  };

  if (place && speech && typeof SpeechSynthesisUtterance === "function") {
    for (const name of Object.keys(press)) buttons[name].addEventListener("click", press[name]);
    look();
    if (speech.addEventListener) speech.addEventListener("voiceschanged", look);
    addEventListener("pagehide", silence);
  }
}
