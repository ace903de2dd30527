import axe from 'axe-core';

/**
 * What axe finds wrong with a rendered screen, a line each: the rule and the element. Contrast is left out: it needs
 * a browser that paints.
 */
export async function accessibilityProblems(screen: Element): Promise<string[]> {
  const { violations } = await axe.run(screen, { rules: { 'color-contrast': { enabled: false } } });
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`));
}
