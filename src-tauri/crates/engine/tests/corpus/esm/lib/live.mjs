export let n = 0;
export const add = () => { n++; };
