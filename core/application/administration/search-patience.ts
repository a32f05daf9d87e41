/** How long people wait for a page of a list that no index leads to, before they see how far the search has come. */
export const LOOK_FOR_MS = 300
