const { z } = require('zod');

module.exports = async () => {
  const Person = z.object({ name: z.string().min(2), age: z.number().int().positive().optional(), email: z.string().email(), tags: z.array(z.string()).default([]), kind: z.enum(['a', 'b']), at: z.coerce.date(), extra: z.record(z.union([z.string(), z.number()])).optional() }).strict();
  const bad = Person.safeParse({ name: 'x', age: -1.5, email: 'no', kind: 'c', at: 'never', unknown: 1 });
  const Shape = z.discriminatedUnion('type', [z.object({ type: z.literal('circle'), r: z.number() }), z.object({ type: z.literal('square'), side: z.number() })]);
  return {
    good: Person.parse({ name: 'Ada', email: 'a@b.co', kind: 'a', at: '2026-01-01T00:00:00Z' }),
    issues: bad.error.issues,
    formatted: bad.error.format(),
    flat: bad.error.flatten(),
    union: [Shape.parse({ type: 'circle', r: 1 }), Shape.safeParse({ type: 'x' }).error.issues],
    transformed: z.string().transform((text) => text.length).pipe(z.number().max(3)).safeParse('long').success,
    refined: await z.string().refine(async (text) => text === 'ok', { message: 'not ok' }).safeParseAsync('no').then((result) => result.error.issues),
    preprocessed: z.preprocess((value) => Number(value), z.number()).parse('5'),
    error: (() => { try { z.number().parse('x'); } catch (error) { return [error.name, error.message, error instanceof z.ZodError]; } })(),
    partial: Object.keys(Person.partial().pick({ name: true }).shape),
    lazy: (() => { const Tree = z.lazy(() => z.object({ value: z.number(), children: z.array(Tree) })); return Tree.safeParse({ value: 1, children: [{ value: 2, children: [] }] }).success; })(),
  };
};
