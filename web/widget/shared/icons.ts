import { svg, html } from "lit";

/** Line icons on a grid of 24; they take the text's colour and are hidden from screen readers. */
const icon = (...paths: string[]) =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true">${paths.map((d) => svg`<path d=${d} />`)}</svg>`;

const slash = "M3.5 3.5l17 17";

export const microphone = icon(
  "M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3z",
  "M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v2.5",
);
export const microphoneOff = icon(
  "M15 9.5v-3a3 3 0 0 0-5.6-1.5M9 9.2v2.3a3 3 0 0 0 4.7 2.5",
  "M5.5 11.5a6.5 6.5 0 0 0 10.4 5.2M18.5 11.5a6.5 6.5 0 0 1-.5 2.5M12 18v2.5",
  slash,
);
export const camera = icon(
  "M5 6.5h8.5a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2z",
  "M15.5 11l4.2-2.8a.8.8 0 0 1 1.3.7v6.2a.8.8 0 0 1-1.3.7L15.5 13",
);
export const cameraOff = icon(
  "M10 6.5h3.5a2 2 0 0 1 2 2V11l4.2-2.8a.8.8 0 0 1 1.3.7v6.2",
  "M15.5 15.5a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2h1.5",
  slash,
);
export const screen = icon(
  "M4.5 4.5h15a1.5 1.5 0 0 1 1.5 1.5v9.5a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15.5V6a1.5 1.5 0 0 1 1.5-1.5z",
  "M12 13.8V8M9.5 10.2L12 7.7l2.5 2.5M8.5 20.5h7",
);
export const chat = icon(
  "M5.5 4.5h13a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H11l-4.5 3.7v-3.7h-1a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2z",
  "M8 9h8M8 12.2h5",
);
export const link = icon(
  "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1.2 1.2",
  "M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1.2-1.2",
);
export const fullScreen = icon("M9 4H4v5M15 4h5v5M20 15v5h-5M4 15v5h5");
export const pictureInPicture = icon(
  "M20.5 10.5V6.5a2 2 0 0 0-2-2h-13a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2H9",
  "M13 13.5h6.5a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H13a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1z",
);
export const sliders = icon("M4 7.5h8M17 7.5h3M4 16.5h3M12 16.5h8", "M14.5 5v5M9.5 14v5");
export const keyboard = icon(
  "M4 6.5h16a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 16V8A1.5 1.5 0 0 1 4 6.5z",
  "M6.5 10h.01M10.2 10h.01M13.8 10h.01M17.5 10h.01M8 14h8",
);
export const more = icon("M5.5 12h.01M12 12h.01M18.5 12h.01");
export const leave = icon(
  "M3.2 14.6c-.6-1.7.4-3.7 2.3-4.6 4-1.9 9-1.9 13 0 1.9.9 2.9 2.9 2.3 4.6-.3.9-1.2 1.3-2.1 1l-2.6-.9c-.7-.2-1.1-.8-1.1-1.5v-1.6c-2-.6-4-.6-6 0v1.6c0 .7-.4 1.3-1.1 1.5l-2.6.9c-.9.3-1.8-.1-2.1-1z",
);
export const close = icon("M6 6l12 12M18 6L6 18");
export const send = icon("M4.5 12L20 4.5 15.5 20l-3.2-6.3z", "M12.3 13.7L20 4.5");
export const speaker = icon(
  "M4 9.5h3.5L12 5.5v13l-4.5-4H4z",
  "M15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11",
);
export const copy = icon(
  "M9.5 8.5h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1z",
  "M15.5 8.5v-3a1 1 0 0 0-1-1h-9a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h3",
);
export const warning = icon(
  "M10.3 4.7L2.9 17.5a2 2 0 0 0 1.7 3h14.8a2 2 0 0 0 1.7-3L13.7 4.7a2 2 0 0 0-3.4 0z",
  "M12 9.5v4M12 17h.01",
);
export const people = icon(
  "M9 4.5a3.5 3.5 0 0 1 0 7 3.5 3.5 0 0 1 0-7z",
  "M2.5 19.5a6.5 6.5 0 0 1 13 0M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14a6.5 6.5 0 0 1 3.5 5.5",
);
export const star = icon(
  "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z",
);
export const remove = icon(
  "M9.5 4.5a3.5 3.5 0 0 1 0 7 3.5 3.5 0 0 1 0-7z",
  "M3 19.5a6.5 6.5 0 0 1 13 0M16.5 9.5h5",
);
