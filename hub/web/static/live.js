"use strict";
/* Keeps a page of the hub as it is now: follows the public feed, asks for the page again at each change and puts in what
   differs. When the hub is not heard the page says how old it is. Nothing here decides what is shown. */
(() => {
  const RINGS = 20, RING_EACH_MS = 3000, SILENT_S = 40, EACH_S = 60, LOST_EACH_S = 5, SOON_MS = 60, APART_MS = 1000;
  const isBoard = document.body.classList.contains("board");
  let socket = null, heardAt = Date.now(), attempts = 0, asking = false, wanted = false, timer = 0, turning = 0, askedAt = 0;
  let hubAhead = 0, lastCall = 0;
  let unreachable = false;
  const queue = [], spared = new Set(), came = new WeakMap();
  let before = 0;
  let on = [], onUntil = 0, sounding = false, said = null, putAt = Date.now();

  const live = () => document.getElementById("live");

  /* --- the page itself */
  function address() {
    const url = new URL(location.href);
    url.hash = "";
    if (isBoard) url.searchParams.set("on", on.join(","));
    const left = queue.filter((one) => spared.has(one)).length;
    if (before) url.searchParams.set("earlier", before);
    if (on.length && left) url.searchParams.set("later", left);
    return url;
  }

  async function ask() {
    if (asking) { wanted = true; return; }
    asking = true;
    askedAt = Date.now();
    try {
      const answer = await fetch(address(), { cache: "no-store" });
      const type = answer.headers.get("Content-Type") || "";
      if (answer.status < 500 && type.startsWith("text/html")) {
        put(new DOMParser().parseFromString(await answer.text(), "text/html"));
        heard();
      } else unreachable = true;
    } catch (error) { unreachable = true; }
    asking = false;
    if (wanted) { wanted = false; soon(SOON_MS); }
  }

  function soon(ms) {
    clearTimeout(timer);
    timer = setTimeout(ask, ms);
  }

  /* calls that the hub has left for later, since these labels fill the band */
  function spare(page) {
    const band = page.querySelector("[data-later]"), later = band ? band.dataset.later.split(",") : [];
    const mine = later.filter((one) => on.includes(one));
    on = on.filter((one) => !mine.includes(one));
    queue.unshift(...mine);
    for (const one of mine) spared.add(one);
  }

  function put(page) {
    const now = live(), next = page.getElementById("live");
    if (!now || !next || (now.dataset.madeBy || "") !== (next.dataset.madeBy || "")) { location.reload(); return; }
    const called = next.classList.contains("called");
    const news = called && now.innerHTML !== next.innerHTML;
    document.title = page.title;
    now.className = next.className;
    if (!next.dataset.turnMs) delete now.dataset.turnMs;
    Object.assign(now.dataset, next.dataset);
    if (isBoard) spare(next);
    if (isBoard) for (const part of next.querySelectorAll("[data-part]")) swap(part.dataset.part, part);
    else if (now.innerHTML !== next.innerHTML) now.innerHTML = next.innerHTML;
    for (const part of page.querySelectorAll("body > [data-part]")) swap(part.dataset.part, part);
    offerNow();
    if (next.dataset.now) hubAhead = Number(next.dataset.now) - Date.now();
    putAt = Date.now();
    fit();
    turn();
    tick();
    sound();
    if (news) ring();
    if (!called && alarm.ringing) hush();
  }

  /* what takes turns is asked for again when the hub's clock comes to the next turn; a tick is there if that fails */
  function turn() {
    clearTimeout(turning);
    const ms = Number(live().dataset.turnMs);
    if (ms) turning = setTimeout(ask, ms);
  }

  function swap(name, next) {
    const now = document.querySelector(`[data-part="${name}"]`);
    if (!now || (came.get(now) || now.outerHTML) === next.outerHTML) return;
    const put = document.importNode(next, true);
    came.set(put, next.outerHTML);
    now.replaceWith(put);
  }

  /* sizes of what is too wide for this browser's font; each part is remembered as it came */
  function fit() {
    if (window.boardFit) window.boardFit();
  }

  /* --- the feed */
  function connect() {
    try { socket = new WebSocket(new URL("/api/v1/feed", location.href.replace(/^http/, "ws"))); }
    catch (error) { again(); return; }
    socket.onmessage = (event) => { attempts = 0; heard(); message(JSON.parse(event.data)); };
    socket.onclose = again;
  }

  function again() {
    attempts += 1;
    setTimeout(connect, Math.min(15000, 500 * 2 ** attempts) * (0.5 + Math.random() / 2));
    ask();
  }

  function message(said) {
    if (said.type === "hello" || said.type === "heartbeat") hubAhead = Date.parse(said.now) - Date.now();
    if (said.type === "snapshot") { calls(said.board.calls.slice().reverse()); soon(SOON_MS); }
    if (said.type === "change") {
      if (said.kind === "token_called" && said.call) calls([said.call]);
      if (isBoard || mine(said)) soon(isBoard || own(said) ? SOON_MS : APART_MS * (1 + Math.random()));
    }
  }

  const own = (said) => said.call && said.call.label === live().dataset.label;
  const mine = (said) => own(said) || said.departments.some((one) => one.id === live().dataset.department) || said.day;

  /* --- the board's band: one call after the other; where there is room for several, more than three waiting at once */
  function shows(call) {
    const zone = JSON.parse(live().dataset.zone || "null");
    return !zone || zone.departments.includes(call.department) || zone.rooms.includes(call.room);
  }

  function calls(made) {
    if (!isBoard) return;
    for (const call of made) {
      const number = Number(call.announcement);
      if (number <= lastCall) continue;
      lastCall = number;
      if (shows(call) && hubNow() - Date.parse(call.at) < onMs()) queue.push(call.announcement);
    }
    next();
  }

  function next() {
    if (!isBoard || sounding || Date.now() < onUntil) return;
    on = queue.splice(0, queue.length > 3 ? Number(live().dataset.together) : 1);
    before = on.some((one) => spared.has(one)) ? before + 1 : 0;
    if (on.length) { onUntil = Date.now() + onMs(); setTimeout(next, onMs()); }
    soon(SOON_MS);
  }

  /* --- what stands in the band is heard once, to its end, where somebody has turned the sound on */
  function sound() {
    const now = document.querySelector("[data-on]");
    const fresh = now && now.dataset.on && now.dataset.on !== said;
    said = now ? now.dataset.on : said;
    if (!fresh || !window.boardSound) return;
    const texts = [...document.querySelectorAll("[data-say]")].map((one) => one.dataset.say);
    sounding = true;
    window.boardSound.announce(texts).finally(() => { sounding = false; next(); });
  }

  const onMs = () => Number(live().dataset.onS) * 1000;
  const hubNow = () => Date.now() + hubAhead;

  /* --- time and age */
  function heard() {
    heardAt = Date.now();
    unreachable = false;
    away(false);
  }

  function away(is) {
    if (document.body.classList.contains("away") !== is) {
      document.body.classList.toggle("away", is);
      const panel = document.getElementById("away");
      if (panel) panel.hidden = !is;
      fit();
    }
  }

  function tick() {
    const lost = !socket || socket.readyState > 1;
    const quiet = Date.now() - heardAt;
    if (quiet > SILENT_S * 1000 || (lost && unreachable && quiet > 3000)) away(true);
    if (document.body.classList.contains("away")) age();
    const clock = document.getElementById("clock");
    if (clock) clock.textContent = local(hubNow());
    const turned = live().dataset.turnMs && !unreachable && Date.now() - putAt >= Number(live().dataset.turnMs) + SOON_MS;
    if (turned || Date.now() - askedAt > (lost ? LOST_EACH_S : EACH_S) * 1000) ask();
  }

  function local(ms) {
    const offset = Number(document.getElementById("clock").dataset.offsetMin) * 60000;
    return new Date(ms + offset).toISOString().slice(11, 16);
  }

  function age() {
    const words = document.getElementById("age-words"), line = document.getElementById("age");
    if (!words || !line) return;
    const minutes = Math.floor((Date.now() - heardAt) / 60000), hours = Math.floor(minutes / 60);
    const forms = JSON.parse(words.textContent)[hours ? "hours" : "minutes"], n = hours || minutes;
    const form = n === 0 && forms.zero ? "zero" : new Intl.PluralRules(document.documentElement.lang).select(n);
    const said = (forms[form] || forms.other).replace("{time}", local(heardAt + hubAhead)).replace("{n}", n);
    line.textContent = said.replace(/(\d) /g, "$1\u00a0");
  }

  /* --- sound and vibration on the patient's phone, once a tap has allowed them */
  const alarm = { key: document.getElementById("alarm"), can: false, allowed: false, ringing: 0, sound: null };

  function offerNow() {
    if (alarm.key) alarm.key.hidden = !alarm.can || live().dataset.alarm !== "yes";
  }

  function offer() {
    const Sound = window.AudioContext || window.webkitAudioContext;
    if (!alarm.key || !(Sound || navigator.vibrate)) return;
    alarm.can = true;
    offerNow();
    alarm.key.addEventListener("click", () => {
      if (alarm.ringing) { hush(); return; }
      alarm.allowed = !alarm.allowed;
      if (alarm.allowed && Sound) { alarm.sound = alarm.sound || new Sound(); alarm.sound.resume(); }
      if (alarm.allowed) { signal(); if (live().classList.contains("called")) ring(); }
      say();
    });
    say();
  }

  function say() {
    const key = alarm.key;
    key.lastElementChild.textContent = alarm.ringing ? key.dataset.stop : alarm.allowed ? key.dataset.on : key.dataset.allow;
    key.setAttribute("aria-pressed", String(alarm.allowed));
  }

  function ring() {
    if (!alarm.allowed || alarm.ringing) return;
    let left = RINGS;
    alarm.ringing = setInterval(() => { signal(); if (--left <= 0) hush(); }, RING_EACH_MS);
    signal();
    say();
  }

  function hush() {
    clearInterval(alarm.ringing);
    alarm.ringing = 0;
    if (navigator.vibrate) navigator.vibrate(0);
    say();
  }

  function signal() {
    if (navigator.vibrate) navigator.vibrate([400, 200, 400]);
    if (alarm.sound) { tone(660, 0); tone(523, 0.4); }
  }

  function tone(hertz, after) {
    const source = alarm.sound.createOscillator(), level = alarm.sound.createGain(), at = alarm.sound.currentTime + after;
    source.frequency.value = hertz;
    level.gain.setValueAtTime(0, at);
    level.gain.linearRampToValueAtTime(0.5, at + 0.02);
    level.gain.exponentialRampToValueAtTime(0.001, at + 0.45);
    source.connect(level).connect(alarm.sound.destination);
    source.start(at);
    source.stop(at + 0.5);
  }

  if (!live()) return;
  if (live().dataset.now) hubAhead = Number(live().dataset.now) - Date.now();
  askedAt = Date.now();
  for (const part of document.querySelectorAll("[data-part]")) came.set(part, part.outerHTML);
  fit();
  addEventListener("resize", fit);
  turn();
  setInterval(tick, 1000);
  offer();
  connect();
})();
