/** The mark of a camera file: squares in the upper left corner, white and black in turn. */
export const markSquare = 16;
export const markSquares = 4;
