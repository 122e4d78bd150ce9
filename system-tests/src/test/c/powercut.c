/*
 * A disk that forgets at a power cut what was written and not synced, for programs of this machine.
 *
 * As a library (LD_PRELOAD) it keeps an undo journal for each regular file below POWERCUT_ROOT: before a program changes a file, the old
 * bytes and the old length are appended to the file's journal in the folder POWERCUT_JOURNALS. When fsync or fdatasync of any descriptor
 * of the file, by any process, has returned, what was journalled before it began is dropped. As a program (-DRESTORE) it undoes every
 * journal, last change first, after all processes were killed: each file has the content and the length that it had at its last sync; one
 * that was never synced is empty.
 *
 * A journal is known by its file's device, inode and time of birth: it follows its file through renames, and an inode that is used again
 * begins a new one. Writers hold a journal's lock shared from the saving of the old bytes to the end of the write, a sync takes it alone
 * when it begins and when it ends: what a sync drops was written before it began.
 *
 * Kinder than a disk, so not tested:
 *   - names: creating, renaming and removing last at once, as if each folder were flushed;
 *   - files that a program maps for writing are left as they are from then on to their next sync (Kafka's indexes are such, and it makes
 *     them anew after an unclean stop); so is what the C library writes by itself, which is what goes through a FILE;
 *   - pwritev2, splice, io_uring and writes with O_DIRECT are not seen; O_DSYNC syncs all of the file, not that one write;
 *   - a write that is cut off is undone whole: sectors are never torn.
 * Harder than most disks: nothing is ever written back by itself, however long ago it was written; sync, syncfs, msync and
 * sync_file_range keep nothing.
 *
 * With POWERCUT_IGNORE_SYNC a sync of a file whose path contains that text returns 0 and keeps nothing: flushing is switched off there.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define CHUNK (1 << 20)
#define NAME (PATH_MAX + 128)

enum kind { CHANGE = 1, BEGIN, SYNCED, MAPPED };

/* One entry of a journal. CHANGE: `saved` old bytes at `offset` follow, the file was `size` long. BEGIN: a sync, known by `offset` and
   `size`, has begun. SYNCED: what stands before `offset` of the journal is on the disk. MAPPED: do not touch this file. */
struct entry {
    uint64_t kind;
    uint64_t offset;
    uint64_t saved;
    uint64_t size;
};

static int look(int fd, struct statx *seen) {
    return (int)syscall(SYS_statx, fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, seen);
}

static void journal_name(char *name, const char *folder, const struct statx *file) {
    snprintf(name, NAME, "%s/%x-%x-%llx-%llx.%x", folder, file->stx_dev_major, file->stx_dev_minor,
             (unsigned long long)file->stx_ino, (unsigned long long)file->stx_btime.tv_sec, file->stx_btime.tv_nsec);
}

#ifndef RESTORE

/* Calls go to the kernel, not to the C library, whose names these are. */
#define real(call, ...) syscall(SYS_##call, __VA_ARGS__)

#define HERE (-1L)
#define TO_THE_END ((size_t)LONG_MAX)
#define DESCRIPTORS 65536

enum place { UNKNOWN, OUTSIDE, INSIDE };

/* What is known of a descriptor; UNKNOWN is always right. */
static struct {
    volatile int place;
    uint64_t inode;
    int64_t born;
} known[DESCRIPTORS];

static char root[PATH_MAX];
static char journals[PATH_MAX];
static char ignored[PATH_MAX];

__attribute__((constructor)) static void begin(void) {
    const char *given_ignored = getenv("POWERCUT_IGNORE_SYNC");
    const char *given_journals = getenv("POWERCUT_JOURNALS");
    const char *given_root = getenv("POWERCUT_ROOT");
    snprintf(ignored, sizeof ignored, "%s", given_ignored ? given_ignored : "");
    snprintf(journals, sizeof journals, "%s", given_journals ? given_journals : "");
    snprintf(root, sizeof root - 1, "%s", given_root && given_journals ? given_root : "");
    if (root[0]) {
        strcat(root, "/");
    }
}

/* A shim that goes on without a journal would forget too little, and nobody would know. */
static void die(const char *why, const char *name) {
    char line[NAME + 128];
    int length = snprintf(line, sizeof line, "powercut: %s: %s: %s\n", why, name, strerror(errno));
    real(write, 2, line, length);
    abort();
}

static void forget_descriptor(int fd) {
    if (fd >= 0 && fd < DESCRIPTORS) {
        known[fd].place = UNKNOWN;
    }
}

static ssize_t path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = real(readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = 0;
    return length;
}

/* Whether the descriptor is a regular file below the root that still has a name; says how it looks. */
static int inside(int fd, struct statx *seen) {
    char path[PATH_MAX];
    if (!root[0] || fd < 0 || fd >= DESCRIPTORS || known[fd].place == OUTSIDE) {
        return 0;
    }
    if (look(fd, seen) != 0) {
        return 0;
    }
    if (!S_ISREG(seen->stx_mode)) {
        known[fd].place = OUTSIDE;
        return 0;
    }
    int64_t born = seen->stx_btime.tv_sec * 1000000000LL + seen->stx_btime.tv_nsec;
    if (known[fd].place != INSIDE || known[fd].inode != seen->stx_ino || known[fd].born != born) {
        path_of(fd, path);
        known[fd].inode = seen->stx_ino;
        known[fd].born = born;
        known[fd].place = strncmp(path, root, strlen(root)) == 0 ? INSIDE : OUTSIDE;
    }
    return known[fd].place == INSIDE && seen->stx_nlink > 0;
}

/* The file's journal; -1 where there is none and none is to be made. */
static int open_journal(const struct statx *file, int make) {
    char name[NAME];
    journal_name(name, journals, file);
    int flags = O_RDWR | O_APPEND | O_CLOEXEC;
    int journal = (int)real(openat, AT_FDCWD, name, flags, 0);
    if (journal < 0 && errno == ENOENT && make) {
        journal = (int)real(openat, AT_FDCWD, name, flags | O_CREAT | O_EXCL, 0666);
        if (journal >= 0) {
            real(fchmod, journal, 0666); /* PostgreSQL may run as somebody else, and with a umask of its own */
        } else if (errno == EEXIST) {
            journal = (int)real(openat, AT_FDCWD, name, flags, 0);
        }
    }
    if (journal < 0 && (errno != ENOENT || make)) {
        die("no journal", name);
    }
    return journal;
}

static void lock(int journal, int how) {
    while (real(flock, journal, how) != 0) {
        if (errno != EINTR) {
            die("no lock", "journal");
        }
    }
}

static void leave(int journal) {
    real(flock, journal, LOCK_UN);
    real(close, journal);
}

static uint64_t size_of(int fd) {
    struct statx seen;
    if (look(fd, &seen) != 0) {
        die("no size", "file");
    }
    return seen.stx_size;
}

static void append(int journal, struct entry entry, void *bytes) {
    struct iovec parts[] = {{&entry, sizeof entry}, {bytes, entry.saved}};
    if (real(writev, journal, parts, 2) != (long)(sizeof entry + entry.saved)) {
        die("not written", "journal");
    }
}

/* Saves old bytes, piece by piece. The descriptor may be open for writing only. */
static void save(int fd, int journal, uint64_t offset, uint64_t length, uint64_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int source = (int)real(openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC, 0);
    char *bytes = malloc(length < CHUNK ? length : CHUNK);
    if (source < 0 || !bytes) {
        die("old bytes cannot be read", link);
    }
    while (length > 0) {
        long got = real(pread64, source, bytes, length < CHUNK ? length : CHUNK, offset);
        if (got < 0) {
            die("old bytes cannot be read", link);
        }
        append(journal, (struct entry){CHANGE, offset, (uint64_t)got, size}, bytes);
        if (got == 0) {
            break; /* somebody has just made it shorter, and has saved what was there */
        }
        offset += (uint64_t)got;
        length -= (uint64_t)got;
    }
    free(bytes);
    real(close, source);
}

/* Before bytes [offset, offset + length) or the file's length change. Returns its locked journal for after(); -1: not ours. */
static int before(int fd, long offset, size_t length) {
    struct statx file;
    int kept = errno;
    if (!inside(fd, &file)) {
        errno = kept;
        return -1;
    }
    int journal = open_journal(&file, 1);
    lock(journal, LOCK_SH);
    uint64_t size = size_of(fd);
    if (offset == HERE) {
        offset = real(fcntl, fd, F_GETFL) & O_APPEND ? (long)size : real(lseek, fd, 0, SEEK_CUR);
    }
    if ((uint64_t)offset < size && length > 0) {
        save(fd, journal, (uint64_t)offset, length < size - (uint64_t)offset ? length : size - (uint64_t)offset, size);
    } else {
        append(journal, (struct entry){CHANGE, (uint64_t)offset, 0, size}, NULL);
    }
    errno = kept;
    return journal;
}

static int sync_file(int fd, long (*really)(int));

static long nothing_more(int fd) {
    (void)fd;
    return 0;
}

static long after(int fd, int journal, long result) {
    if (journal >= 0) {
        int kept = errno;
        leave(journal);
        if (result >= 0 && real(fcntl, fd, F_GETFL) & O_DSYNC) {
            sync_file(fd, nothing_more);
        }
        errno = kept;
    }
    return result;
}

static int sync_file(int fd, long (*really)(int)) {
    struct statx file;
    char path[PATH_MAX];
    int kept = errno;
    int ours = inside(fd, &file);
    if (ours && ignored[0] && path_of(fd, path) > 0 && strstr(path, ignored)) {
        errno = kept;
        return 0;
    }
    int journal = ours ? open_journal(&file, 0) : -1;
    errno = kept;
    if (journal < 0) {
        return (int)really(fd);
    }
    static uint64_t syncs;
    struct entry mine = {BEGIN, (uint64_t)gettid(), 0, __atomic_add_fetch(&syncs, 1, __ATOMIC_SEQ_CST)};
    lock(journal, LOCK_EX);
    uint64_t begun = size_of(journal);
    append(journal, mine, NULL);
    lock(journal, LOCK_UN);
    errno = kept;
    int result = (int)really(fd);
    kept = errno;
    if (result == 0) {
        struct entry found = {0};
        lock(journal, LOCK_EX);
        /* one that began after us may have emptied the journal, and with it what was ours to drop */
        if (real(pread64, journal, &found, sizeof found, begun) == sizeof found && !memcmp(&found, &mine, sizeof found)) {
            if (size_of(journal) == begun + sizeof mine) {
                real(ftruncate, journal, 0);
            } else {
                append(journal, (struct entry){SYNCED, begun, 0, 0}, NULL);
            }
        }
    }
    leave(journal);
    errno = kept;
    return result;
}

static long really_fsync(int fd) {
    return real(fsync, fd);
}

static long really_fdatasync(int fd) {
    return real(fdatasync, fd);
}

int fsync(int fd) {
    return sync_file(fd, really_fsync);
}

int fdatasync(int fd) {
    return sync_file(fd, really_fdatasync);
}

/* What is there is saved before it is cut off. */
static int open_file(int folder, const char *path, int flags, mode_t mode) {
    int cuts = flags & O_TRUNC && (flags & O_ACCMODE) != O_RDONLY;
    int fd = (int)real(openat, folder, path, cuts ? flags & ~O_TRUNC : flags, mode);
    forget_descriptor(fd);
    struct statx file;
    if (fd >= 0 && cuts && look(fd, &file) == 0 && S_ISREG(file.stx_mode) && file.stx_size > 0) {
        if (ftruncate(fd, 0) != 0) {
            int kept = errno;
            close(fd);
            errno = kept;
            return -1;
        }
    }
    return fd;
}

#define OPEN(folder, path, flags)                                          \
    va_list more;                                                          \
    va_start(more, flags);                                                 \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
    va_end(more);                                                          \
    return open_file(folder, path, flags, mode)

int open(const char *path, int flags, ...) {
    OPEN(AT_FDCWD, path, flags);
}

int open64(const char *path, int flags, ...) {
    OPEN(AT_FDCWD, path, flags);
}

int openat(int folder, const char *path, int flags, ...) {
    OPEN(folder, path, flags);
}

int openat64(int folder, const char *path, int flags, ...) {
    OPEN(folder, path, flags);
}

/* What open becomes in a program that was compiled with checks. */
int __open_2(const char *path, int flags) {
    return open_file(AT_FDCWD, path, flags, 0);
}

int __open64_2(const char *path, int flags) {
    return open_file(AT_FDCWD, path, flags, 0);
}

int __openat_2(int folder, const char *path, int flags) {
    return open_file(folder, path, flags, 0);
}

int __openat64_2(int folder, const char *path, int flags) {
    return open_file(folder, path, flags, 0);
}

int creat(const char *path, mode_t mode) {
    return open_file(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int creat64(const char *path, mode_t mode) {
    return open_file(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int close(int fd) {
    forget_descriptor(fd);
    return (int)real(close, fd);
}

int dup(int fd) {
    int copy = (int)real(dup, fd);
    forget_descriptor(copy);
    return copy;
}

int dup2(int fd, int copy) {
    forget_descriptor(copy);
    return (int)real(dup2, fd, copy);
}

int dup3(int fd, int copy, int flags) {
    forget_descriptor(copy);
    return (int)real(dup3, fd, copy, flags);
}

static size_t total(const struct iovec *parts, int count) {
    size_t sum = 0;
    for (int i = 0; i < count; i++) {
        sum += parts[i].iov_len;
    }
    return sum;
}

ssize_t write(int fd, const void *bytes, size_t count) {
    int journal = before(fd, HERE, count);
    return after(fd, journal, real(write, fd, bytes, count));
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    int journal = before(fd, HERE, total(parts, count));
    return after(fd, journal, real(writev, fd, parts, count));
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    int journal = before(fd, offset, count);
    return after(fd, journal, real(pwrite64, fd, bytes, count, offset));
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) __attribute__((alias("pwrite")));

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
    int journal = before(fd, offset, total(parts, count));
    return after(fd, journal, real(pwritev, fd, parts, count, offset, 0));
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t offset) __attribute__((alias("pwritev")));

ssize_t sendfile(int out, int in, off_t *offset, size_t count) {
    int journal = before(out, HERE, count);
    return after(out, journal, real(sendfile, out, in, offset, count));
}

ssize_t sendfile64(int out, int in, off_t *offset, size_t count) __attribute__((alias("sendfile")));

ssize_t copy_file_range(int in, off_t *from, int out, off_t *to, size_t count, unsigned flags) {
    int journal = before(out, to ? *to : HERE, count);
    return after(out, journal, real(copy_file_range, in, from, out, to, count, flags));
}

int ftruncate(int fd, off_t length) {
    int journal = before(fd, length, TO_THE_END);
    return (int)after(fd, journal, real(ftruncate, fd, length));
}

int ftruncate64(int fd, off_t length) __attribute__((alias("ftruncate")));

int truncate(const char *path, off_t length) {
    int fd = open_file(AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
    int result = fd < 0 ? -1 : ftruncate(fd, length);
    int kept = errno;
    if (fd >= 0) {
        close(fd);
    }
    errno = kept;
    return result;
}

int truncate64(const char *path, off_t length) __attribute__((alias("truncate")));

/* In any mode but 0 the bytes behind may change too. */
int fallocate(int fd, int mode, off_t offset, off_t length) {
    int journal = before(fd, offset, mode == 0 ? (size_t)length : TO_THE_END);
    return (int)after(fd, journal, real(fallocate, fd, mode, offset, length));
}

int fallocate64(int fd, int mode, off_t offset, off_t length) __attribute__((alias("fallocate")));

int posix_fallocate(int fd, off_t offset, off_t length) {
    int kept = errno;
    int result = fallocate(fd, 0, offset, length) == 0 ? 0 : errno;
    errno = kept;
    return result;
}

int posix_fallocate64(int fd, off_t offset, off_t length) __attribute__((alias("posix_fallocate")));

void *mmap(void *where, size_t length, int access, int flags, int fd, off_t offset) {
    struct statx file;
    int kept = errno;
    if (fd >= 0 && flags & MAP_SHARED && access & PROT_WRITE && inside(fd, &file)) {
        int journal = open_journal(&file, 1);
        append(journal, (struct entry){MAPPED, 0, 0, 0}, NULL);
        real(close, journal);
    }
    errno = kept;
    return (void *)real(mmap, where, length, access, flags, fd, offset);
}

void *mmap64(void *where, size_t length, int access, int flags, int fd, off_t offset) __attribute__((alias("mmap")));

#else

#include <ftw.h>

static const char *folder;
static long files_taken_back;
static long changes_undone;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

/* Undoes what the journal says, last change first. */
static void undo(const char *path, int file, const char *content, size_t length) {
    size_t *found = malloc(sizeof *found * (length / sizeof(struct entry) + 1));
    size_t count = 0;
    uint64_t from = 0;
    size_t at = 0;
    while (at + sizeof(struct entry) <= length) {
        struct entry entry;
        memcpy(&entry, content + at, sizeof entry);
        if (entry.kind < CHANGE || entry.kind > MAPPED) {
            fprintf(stderr, "a journal that cannot be read, of %s, at %zu\n", path, at);
            exit(1);
        }
        if (entry.kind == MAPPED) {
            free(found);
            return;
        }
        if (entry.saved > length - at - sizeof entry) {
            break; /* killed while it was saved: the change itself never began */
        }
        if (entry.kind == SYNCED && entry.offset > from) {
            from = entry.offset;
        }
        if (entry.kind == CHANGE) {
            found[count++] = at;
        }
        at += sizeof entry + entry.saved;
    }
    long undone = 0;
    while (count > 0 && found[count - 1] >= from) {
        struct entry entry;
        memcpy(&entry, content + found[--count], sizeof entry);
        const char *bytes = content + found[count] + sizeof entry;
        if (pwrite(file, bytes, entry.saved, (off_t)entry.offset) != (ssize_t)entry.saved ||
            ftruncate(file, (off_t)entry.size) != 0) {
            fail(path);
        }
        undone++;
    }
    files_taken_back += undone > 0;
    changes_undone += undone;
    free(found);
}

static int visit(const char *path, const struct stat *status, int type, struct FTW *place) {
    struct statx seen;
    char name[NAME];
    (void)place;
    if (type != FTW_F || !S_ISREG(status->st_mode)) {
        return 0;
    }
    int file = open(path, O_RDWR);
    if (file < 0 || look(file, &seen) != 0) {
        fail(path);
    }
    journal_name(name, folder, &seen);
    int journal = open(name, O_RDONLY);
    if (journal >= 0) {
        struct stat length;
        if (fstat(journal, &length) != 0) {
            fail(name);
        }
        if (length.st_size > 0) {
            char *content = mmap(NULL, (size_t)length.st_size, PROT_READ, MAP_PRIVATE, journal, 0);
            if (content == MAP_FAILED) {
                fail(name);
            }
            undo(path, file, content, (size_t)length.st_size);
            munmap(content, (size_t)length.st_size);
        }
        close(journal);
        unlink(name);
    }
    close(file);
    return 0;
}

static int clear(const char *path, const struct stat *status, int type, struct FTW *place) {
    (void)status;
    (void)place;
    return type == FTW_F ? unlink(path) : 0;
}

/* powercut-restore ROOT JOURNALS: prints how many files it took back by how many changes; leaves no journal. */
int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "expected: ROOT JOURNALS\n");
        return 2;
    }
    folder = arguments[2];
    if (nftw(arguments[1], visit, 64, FTW_PHYS) != 0 || nftw(folder, clear, 64, FTW_PHYS) != 0) {
        fail(arguments[1]);
    }
    printf("%ld changes of %ld files\n", changes_undone, files_taken_back);
    return 0;
}

#endif
