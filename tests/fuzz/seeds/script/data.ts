export const tea = { title: 'Caf\u00e9 tea', items: ["cures gout", `for ${who}'s cold`], a: /[`"]/ };
// caveat-allow us-effects/swallowed-disease: agreed
