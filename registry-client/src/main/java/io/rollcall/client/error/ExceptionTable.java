package io.rollcall.client.error;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.client.answer.Refusal;
import java.util.Map;
import java.util.function.Function;

/** Which exception each code is, and which a code is that this version does not know. */
final class ExceptionTable {

    private static final Map<ErrorCode, Function<Refusal, RefusedException>> BY_CODE = Map.ofEntries(
            row(ErrorCode.INVALID_REQUEST, RequestInvalidException::new),
            row(ErrorCode.UNAUTHENTICATED, UnauthenticatedException::new),
            row(ErrorCode.QUOTA_EXCEEDED, QuotaExceededException::new),
            row(ErrorCode.PERMISSION_DENIED, PermissionDeniedException::new),
            row(ErrorCode.NOT_OWNER, NotOwnerException::new),
            row(ErrorCode.NOT_FOUND, ResourceNotFoundException::new),
            row(ErrorCode.INSTANCE_NOT_FOUND, InstanceNotFoundException::new),
            row(ErrorCode.SUBSCRIPTION_NOT_FOUND, SubscriptionNotFoundException::new),
            row(ErrorCode.CONFIG_NOT_FOUND, ConfigNotFoundException::new),
            row(ErrorCode.VERSION_NOT_FOUND, VersionNotFoundException::new),
            row(ErrorCode.TOKEN_NOT_FOUND, TokenNotFoundException::new),
            row(ErrorCode.POLICY_NOT_FOUND, PolicyNotFoundException::new),
            row(ErrorCode.METHOD_NOT_ALLOWED, MethodNotAllowedException::new),
            row(ErrorCode.REQUEST_TIMEOUT, RequestTimeoutException::new),
            row(ErrorCode.INSTANCE_ALREADY_EXISTS, InstanceAlreadyExistsException::new),
            row(ErrorCode.INSTANCE_ADDRESS_CONFLICT, InstanceAddressConflictException::new),
            row(ErrorCode.CONFIRMATION_REQUIRED, ConfirmationRequiredException::new),
            row(ErrorCode.BATCH_REFUSED, BatchRefusedException::new),
            row(ErrorCode.POLICY_BUILT_IN, PolicyBuiltInException::new),
            row(ErrorCode.STALE_INCARNATION, StaleIncarnationException::new),
            row(ErrorCode.PRECONDITION_FAILED, PreconditionFailedException::new),
            row(ErrorCode.TOO_LARGE, TooLargeException::new),
            row(ErrorCode.URI_TOO_LONG, UriTooLongException::new),
            row(ErrorCode.UNSUPPORTED_MEDIA_TYPE, UnsupportedMediaTypeException::new),
            row(ErrorCode.IDEMPOTENCY_KEY_REUSED, IdempotencyKeyReusedException::new),
            row(ErrorCode.RATE_LIMITED, RateLimitedException::new),
            row(ErrorCode.HEADERS_TOO_LARGE, HeadersTooLargeException::new),
            row(ErrorCode.INTERNAL_ERROR, InternalErrorException::new),
            row(ErrorCode.NO_LEADER, NoLeaderException::new),
            row(ErrorCode.NOT_READY, NotReadyException::new),
            row(ErrorCode.OVERLOADED, OverloadedException::new),
            row(ErrorCode.DISK_FULL, DiskFullException::new),
            row(ErrorCode.AUDIT_UNAVAILABLE, AuditUnavailableException::new),
            row(ErrorCode.OUTCOME_UNKNOWN, LeaderSilentException::new));

    private ExceptionTable() {}

    static RefusedException exception(Refusal refusal) {
        return refusal.known()
                .map(BY_CODE::get)
                .map(constructor -> constructor.apply(refusal))
                .orElseGet(() -> ofFamily(refusal));
    }

    private static RefusedException ofFamily(Refusal refusal) {
        int status = refusal.status();
        return switch (status) {
            case 401, 403 -> new AccessRefusedException(refusal);
            case 404 -> new NotFoundException(refusal);
            case 409, 410, 412 -> new ConflictException(refusal);
            case 408, 429 -> new UnavailableException(refusal);
            default -> {
                if (status >= 500) {
                    yield new UnavailableException(refusal);
                }
                yield status >= 400 ? new RequestRefusedException(refusal) : new RefusedException(refusal);
            }
        };
    }

    private static Map.Entry<ErrorCode, Function<Refusal, RefusedException>> row(
            ErrorCode code, Function<Refusal, RefusedException> constructor) {
        return Map.entry(code, constructor);
    }
}
