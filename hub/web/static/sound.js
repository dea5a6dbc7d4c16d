"use strict";
/* The board's sound: a chime made here and a voice of this machine. Browsers play nothing before somebody has touched
   something, so it waits for one click. A voice that is somewhere on the internet is never used: what is called stays here. */
(() => {
  const key = document.getElementById("sound");
  const Audio = window.AudioContext || window.webkitAudioContext;
  if (!key || !Audio) return;
  const TONES = [[659.26, 0], [523.25, 0.34]], CHIME_S = 0.8, SILENCE_S = 0.4, ATTACK_S = 0.02, PEAK = 0.5;
  const PAUSE_MS = 2000, BETWEEN_MS = 700, LONGEST_MS = 9000, KEPT = "smartqueue-board-sound";
  const speech = window.speechSynthesis, language = document.documentElement.lang;
  let context = null, on = false;

  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const main = (tag) => tag.toLowerCase().split(/[-_]/)[0];

  function voice() {
    const voices = speech && window.SpeechSynthesisUtterance ? speech.getVoices() : [];
    return voices.find((one) => one.localService && main(one.lang) === main(language)) || null;
  }

  function say() {
    const text = !on ? key.dataset.allow : voice() ? key.dataset.on : key.dataset.chimeOnly;
    key.querySelector(".saying").textContent = text;
    key.setAttribute("aria-pressed", String(on));
    key.classList.toggle("is-on", on);
    key.hidden = false;
  }

  function kept(value) {
    try {
      if (value === undefined) return localStorage.getItem(KEPT) === "on";
      localStorage.setItem(KEPT, value ? "on" : "off");
    } catch (error) { /* nothing is kept where nothing may be kept */ }
    return false;
  }

  async function turn(wanted) {
    context = context || new Audio();
    if (wanted) await Promise.race([context.resume(), wait(300)]);
    on = wanted && context.state === "running";
    say();
  }

  function tone(hertz, after, at) {
    const source = context.createOscillator(), level = context.createGain(), begins = at + after;
    source.frequency.value = hertz;
    level.gain.setValueAtTime(0, at);
    level.gain.setValueAtTime(0, begins);
    level.gain.linearRampToValueAtTime(PEAK, begins + ATTACK_S);
    level.gain.exponentialRampToValueAtTime(0.002, at + CHIME_S);
    source.connect(level).connect(context.destination);
    source.start(begins);
    source.stop(at + CHIME_S);
  }

  async function chime() {
    const at = context.currentTime + 0.01;
    for (const [hertz, after] of TONES) tone(hertz, after, at);
    await wait((CHIME_S + SILENCE_S) * 1000);
  }

  function speak(text, by) {
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.voice = by;
    spoken.lang = by.lang;
    const over = new Promise((done) => { spoken.onend = done; spoken.onerror = done; });
    speech.speak(spoken);
    return Promise.race([over, wait(LONGEST_MS)]);
  }

  /* Resolves when all has been heard: the chime, then each text, twice. */
  async function announce(texts) {
    if (!on) return;
    await chime();
    const by = voice();
    if (!by) return;
    for (const pause of [PAUSE_MS, 0]) {
      for (const [n, text] of texts.entries()) {
        if (n) await wait(BETWEEN_MS);
        await speak(text, by);
      }
      await wait(pause);
    }
    speech.cancel();
  }

  window.boardSound = { announce };
  key.addEventListener("click", async () => {
    const wanted = !on;
    kept(wanted);
    await turn(wanted);
    if (on) await chime();
  });
  if (speech && speech.addEventListener) speech.addEventListener("voiceschanged", say);
  if (kept()) turn(true); else say();
})();
