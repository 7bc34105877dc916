"use strict";

// Redoc is drawn once, in the colors that the window has when it is opened.
const DARK = {
  colors: {
    primary: { main: "#8cc8ef" },
    success: { main: "#86d6a3" },
    error: { main: "#ffa69e" },
    text: { primary: "#e8ebee", secondary: "#a5afba" },
    border: { dark: "#313942", light: "#313942" },
    responses: {
      success: { color: "#86d6a3", backgroundColor: "#16321f" },
      error: { color: "#ffa69e", backgroundColor: "#3e1d1b" },
    },
  },
  schema: { nestedBackground: "#1a2026", linesColor: "#74818e", typeNameColor: "#a5afba", typeTitleColor: "#e8ebee" },
  sidebar: { backgroundColor: "#1a2026", textColor: "#e8ebee" },
  rightPanel: { backgroundColor: "#0d1115" },
};
const isDark = window.matchMedia("(prefers-color-scheme: dark)").matches;
const FONT = "system-ui, sans-serif";
const CODE = isDark ? { color: "#f2c96f", backgroundColor: "#222930" } : {};

Redoc.init(
  "/api/v1/schema/",
  {
    expandResponses: "200",
    hideDownloadButton: false,
    nativeScrollbars: true,
    pathInMiddlePanel: true,
    requiredPropsFirst: true,
    sortEnumValuesAlphabetically: false,
    theme: {
      typography: { fontFamily: FONT, headings: { fontFamily: FONT }, code: CODE },
      ...(isDark ? DARK : {}),
    },
  },
  document.getElementById("reference"),
);
