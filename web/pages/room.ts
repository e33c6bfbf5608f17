// The page of one room, /r/{room}: fills the window with its call.
import "/parley.js";
import { startCall } from "./call_element.ts";
import { localizePage, preferredLanguage } from "./localize.ts";

const lang = preferredLanguage();
const room = location.pathname.split("/").pop() ?? "";

startCall(room, new URLSearchParams(location.search), lang);
document.title = `${room} – Parley`;
void localizePage(lang);
