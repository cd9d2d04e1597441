/** How a hidden plane is drawn, the origin in the middle. */

/** How far it reaches, in standard deviations of the input. */
export const reach = 2.5;

/** What its rows and columns are. */
export const planeAxes = `across and up: the hidden directions, from -${reach} to ${reach}`;
