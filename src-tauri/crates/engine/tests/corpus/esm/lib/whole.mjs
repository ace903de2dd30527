const whole = { a: 1 };
export { whole as 'module.exports' };
