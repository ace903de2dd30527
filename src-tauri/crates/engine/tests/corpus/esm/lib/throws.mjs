export const a = 1; function f() { throw new Error("x") }
f();