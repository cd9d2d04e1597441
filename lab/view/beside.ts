/** Whether other files lie beside the page: the single file stands alone. */
export const filesBeside = import.meta.env.MODE !== "single";
