package io.rollcall.server.http;

import io.rollcall.server.app.access.AuditTrail;
import io.rollcall.server.app.access.Doorkeeper;
import io.rollcall.server.config.LimitSettings;
import io.rollcall.server.trace.Tracing;

/**
 * What stands around the routes.
 *
 * @param doorkeeper decides for whom there is room
 * @param limits how long callers may take
 * @param audit where it is written down who did what
 * @param auditReads whether reads of data are, too
 * @param tracing is told how requests fare
 */
public record Protection(
        Doorkeeper doorkeeper, LimitSettings limits, AuditTrail audit, boolean auditReads, Tracing tracing) {}
