/*
 * Stands between a process and its operating system: the calls that make files durable can fail, take long, or lie, and the
 * wall clock can be wrong. What it shall do stands in a file that is named by SYSTEM_SHIM_CONTROL, mapped into memory and
 * shared with the driver:
 *
 *   int32 error      an errno with which each sync fails; 0: none
 *   int32 delay      milliseconds by which each sync is late
 *   int32 skip       1: syncs do nothing, and say that they did
 *   int32 unused
 *   int64 offset     seconds by which the wall clock is ahead
 *   int64 injected   syncs that failed, were late, or lied
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct control {
    volatile int32_t error;
    volatile int32_t delay;
    volatile int32_t skip;
    int32_t unused;
    volatile int64_t offset;
    volatile int64_t injected;
};

static struct control *control;
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_clock_gettime)(clockid_t, struct timespec *);

__attribute__((constructor)) static void open_control(void) {
    real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    real_clock_gettime = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    const char *path = getenv("SYSTEM_SHIM_CONTROL");
    if (path == NULL) {
        return;
    }
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (mapped != MAP_FAILED) {
        control = mapped;
    }
}

static int sync_with(int (*real)(int), int fd) {
    if (control == NULL) {
        return real(fd);
    }
    int delay = control->delay;
    int error = control->error;
    int skip = control->skip;
    if (delay > 0 || error != 0 || skip) {
        __sync_fetch_and_add(&control->injected, 1);
    }
    if (delay > 0) {
        struct timespec left = {delay / 1000, (delay % 1000) * 1000000L};
        while (nanosleep(&left, &left) != 0 && errno == EINTR) {
        }
    }
    if (error != 0) {
        errno = error;
        return -1;
    }
    return skip ? 0 : real(fd);
}

int fsync(int fd) {
    return sync_with(real_fsync, fd);
}

int fdatasync(int fd) {
    return sync_with(real_fdatasync, fd);
}

/* RocksDB starts write-back by it; where syncs lie, it must not make the truth by accident. */
int sync_file_range(int fd, off64_t offset, off64_t bytes, unsigned int flags) {
    static int (*real)(int, off64_t, off64_t, unsigned int);
    if (real == NULL) {
        real = (int (*)(int, off64_t, off64_t, unsigned int))dlsym(RTLD_NEXT, "sync_file_range");
    }
    return control != NULL && control->skip ? 0 : real(fd, offset, bytes, flags);
}

/* Monotonic clocks are left alone: no operator can set them. */
int clock_gettime(clockid_t clock, struct timespec *now) {
    if (real_clock_gettime == NULL) {
        real_clock_gettime = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    }
    int result = real_clock_gettime(clock, now);
    if (result == 0 && control != NULL && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        now->tv_sec += control->offset;
    }
    return result;
}

int gettimeofday(struct timeval *now, void *zone) {
    struct timespec exact;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &exact) != 0) {
        return -1;
    }
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *now) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (now != NULL) {
        *now = exact.tv_sec;
    }
    return exact.tv_sec;
}
