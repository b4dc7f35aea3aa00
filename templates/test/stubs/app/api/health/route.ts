/** Stands for the target's own route. */
export declare function GET(): Promise<Response>;
