/** Values of the address that become attributes of the same name, and what is only on or off. */
const passed_on = ["name", "audio", "video", "topology", "layout", "theme", "token"];
const switches = ["autojoin", "debug"];

/**
 * Sets the page's <parley-call> off to a room, as the address wants it:
 * ?name=…&autojoin=1&audio=off&video=off&topology=…&layout=…&theme=…&debug=1
 */
export function startCall(room: string, wanted: URLSearchParams, lang: string): void {
  const call = document.querySelector("parley-call");
  if (!call) return;
  for (const name of passed_on) {
    const value = wanted.get(name);
    if (value !== null) call.setAttribute(name, value);
  }
  for (const name of switches) if (isOn(wanted.get(name))) call.setAttribute(name, "");
  call.setAttribute("lang", lang);
  call.setAttribute("room", room);
}

/** Present without a value counts as on, as it does for an attribute. */
const isOn = (value: string | null): boolean => value !== null && !/^(0|off|false|no)$/.test(value);
