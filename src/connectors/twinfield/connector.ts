import { systemClock, type Clock } from '../../kernel/index.js';
import type { Connector } from '../contract/index.js';
import { check, rights } from './administrations.js';
import { createAuth } from './auth.js';
import { declaration } from './declaration.js';
import { meter } from './meter.js';
import { firstPosition } from './position.js';
import { pull } from './pull.js';
import { rescan } from './rescan.js';
import { toLedger } from './to-ledger.js';
import { probe, push, show } from './writeback.js';

/** Twinfield. The clock is only asked by `auth`, for how long to wait after too many calls. */
export function createTwinfield(clock: Clock = systemClock): Connector {
  return {
    declaration,
    meter,
    auth: (settings) => createAuth(settings, clock),
    check,
    rights,
    firstPosition,
    pull,
    rescan,
    push,
    probe,
    show,
    map: toLedger,
  };
}

export const twinfield: Connector = createTwinfield();
