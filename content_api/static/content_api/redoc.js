"use strict";

Redoc.init(
  "/api/v1/schema/",
  {
    expandResponses: "200",
    hideDownloadButton: false,
    nativeScrollbars: true,
    pathInMiddlePanel: true,
    requiredPropsFirst: true,
    sortEnumValuesAlphabetically: false,
    theme: { typography: { fontFamily: "system-ui, sans-serif", headings: { fontFamily: "system-ui, sans-serif" } } },
  },
  document.getElementById("reference"),
);
