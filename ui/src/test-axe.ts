import axe from 'axe-core';

/**
 * What axe finds wrong with a rendered screen, a line each: the rule and the element. Contrast is left out: it needs
 * a browser that paints. A control's name must hold what is to be read on it, so that it can be told by voice (WCAG 2.5.3).
 */
export async function accessibilityProblems(screen: Element): Promise<string[]> {
  const { violations } = await axe.run(screen, {
    rules: { 'color-contrast': { enabled: false }, 'label-content-name-mismatch': { enabled: true } },
  });
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`));
}
