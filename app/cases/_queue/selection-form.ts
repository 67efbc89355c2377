/** The form to which the boxes of the rows belong, wherever they stand. */
export const SEVERAL_FORM = 'several'
