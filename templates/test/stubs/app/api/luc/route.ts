import type { NextRequest } from 'next/server';

/** Stands for the target's own route. */
export declare function GET(request: NextRequest): Promise<Response>;
export declare function POST(request: NextRequest): Promise<Response>;
