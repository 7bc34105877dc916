"use strict";

// Swagger UI has colors for the dark of its own; the page only says when it is.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

SwaggerUIBundle({
  url: "/api/v1/schema/",
  dom_id: "#documentation",
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  // The key stays in this tab: it is not kept for the next visit, on a machine that others may use.
  persistAuthorization: false,
  tryItOutEnabled: true,
  validatorUrl: null,
});
