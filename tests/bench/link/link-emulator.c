/*
 * A bad line between two programs, without touching the machine's own network:
 *
 *   [namespace A: desk program] ── TUN ── this process: rate, queue, delay, loss ── TUN ── [namespace B: district's end]
 *
 * usage: link-emulator RATE_BIT_S ONE_WAY_DELAY_S LOSS QUEUE_BYTES SEED -- PROGRAM-A ARGS... -- PROGRAM-B ARGS...
 *
 * 1. Both namespaces, and whatever is set up in them, go when the programs end. Without root a user namespace is used.
 * 2. Each way has its own rate and queue; a packet that finds the queue full is dropped, another at random.
 * 3. When program A ends, B is ended, and one line of JSON says what passed. A's exit code is this program's.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SLOTS 4096
#define MTU 1400

struct packet { double at; int bytes; unsigned char data[2048]; };
struct way { struct packet *queue; int head, tail; double free_at; long bytes, packets, lost, overflowed; };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static void die(const char *what) {
  fprintf(stderr, "link-emulator: %s: %s\n", what, strerror(errno));
  exit(70);
}

static void write_file(const char *path, const char *text) {
  int file = open(path, O_WRONLY);
  if (file < 0 || write(file, text, strlen(text)) < 0) die(path);
  close(file);
}

/* Root of its own small world, where making a network is allowed. */
static void enter_user_namespace(void) {
  char map[64];
  int uid = getuid(), gid = getgid();
  if (unshare(CLONE_NEWUSER)) die("user namespace");
  write_file("/proc/self/setgroups", "deny");
  snprintf(map, sizeof map, "0 %d 1", uid);
  write_file("/proc/self/uid_map", map);
  snprintf(map, sizeof map, "0 %d 1", gid);
  write_file("/proc/self/gid_map", map);
}

static void set_address(int sock, struct ifreq *request, unsigned long call, const char *address) {
  struct sockaddr_in *in = (struct sockaddr_in *)&request->ifr_addr;
  memset(in, 0, sizeof *in);
  in->sin_family = AF_INET;
  inet_pton(AF_INET, address, &in->sin_addr);
  if (ioctl(sock, call, request)) die(address);
}

static void bring_up(int sock, const char *name) {
  struct ifreq request;
  memset(&request, 0, sizeof request);
  strcpy(request.ifr_name, name);
  if (ioctl(sock, SIOCGIFFLAGS, &request)) die(name);
  request.ifr_flags |= IFF_UP | IFF_RUNNING;
  if (ioctl(sock, SIOCSIFFLAGS, &request)) die(name);
}

/* A new network namespace with one end of the line in it; this process is left inside. */
static int make_end(const char *own, const char *peer) {
  if (unshare(CLONE_NEWNET)) die("network namespace");
  int tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (tun < 0) die("/dev/net/tun");
  struct ifreq request;
  memset(&request, 0, sizeof request);
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  strcpy(request.ifr_name, "line0");
  if (ioctl(tun, TUNSETIFF, &request)) die("TUNSETIFF");
  int sock = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  memset(&request, 0, sizeof request);
  strcpy(request.ifr_name, "line0");
  set_address(sock, &request, SIOCSIFADDR, own);
  set_address(sock, &request, SIOCSIFDSTADDR, peer);
  request.ifr_mtu = MTU;
  if (ioctl(sock, SIOCSIFMTU, &request)) die("mtu");
  bring_up(sock, "line0");
  bring_up(sock, "lo");
  close(sock);
  return tun;
}

static pid_t run(char **command) {
  pid_t child = fork();
  if (child < 0) die("fork");
  if (child > 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  execvp(command[0], command);
  die(command[0]);
  return 0;
}

int main(int count, char **words) {
  if (count < 10 || strcmp(words[6], "--")) {
    fprintf(stderr, "usage: link-emulator RATE DELAY LOSS QUEUE SEED -- PROGRAM-A ARGS... -- PROGRAM-B ARGS...\n");
    return 64;
  }
  double rate = atof(words[1]), delay = atof(words[2]), loss = atof(words[3]), limit = atof(words[4]);
  srand48(atol(words[5]));
  char **first = &words[7], **second = first;
  while (*second && strcmp(*second, "--")) second++;
  if (!*second) return 64;
  *second++ = NULL;

  if (geteuid() != 0) enter_user_namespace();
  int tun[2];
  tun[1] = make_end("10.231.9.1", "10.231.9.2");
  pid_t b = run(second);
  tun[0] = make_end("10.231.9.2", "10.231.9.1");
  pid_t a = run(first);

  struct way ways[2];
  memset(ways, 0, sizeof ways);
  for (int i = 0; i < 2; i++) ways[i].queue = malloc(sizeof(struct packet) * SLOTS);
  int status = 0;
  for (double looked = 0;;) {
    double time = now(), next = time + 0.2;
    if (time - looked > 0.1) {
      looked = time;
      if (waitpid(a, &status, WNOHANG) == a) break;
      if (waitpid(b, NULL, WNOHANG) == b) { fprintf(stderr, "link-emulator: program B ended\n"); kill(a, SIGKILL); return 71; }
    }
    for (int i = 0; i < 2; i++)
      while (ways[i].head != ways[i].tail) {
        struct packet *packet = &ways[i].queue[ways[i].head % SLOTS];
        if (packet->at > time) { if (packet->at < next) next = packet->at; break; }
        if (write(tun[!i], packet->data, packet->bytes) < 0) { /* The other end is gone or full: lost, as on any line. */ }
        ways[i].head++;
      }
    double wait = next - now();
    if (wait < 0) wait = 0;
    struct timespec pause = { (time_t)wait, (long)((wait - (time_t)wait) * 1e9) };
    struct pollfd ends[2] = { { tun[0], POLLIN, 0 }, { tun[1], POLLIN, 0 } };
    ppoll(ends, 2, &pause, NULL);
    for (int i = 0; i < 2; i++) {
      unsigned char data[2048];
      for (int bytes; (ends[i].revents & POLLIN) && (bytes = read(tun[i], data, sizeof data)) > 0;) {
        struct way *way = &ways[i];
        time = now();
        double starts = way->free_at > time ? way->free_at : time;
        if ((starts - time) * rate / 8 > limit || way->tail - way->head >= SLOTS - 1) { way->overflowed++; continue; }
        way->free_at = starts + bytes * 8 / rate;
        way->packets++;
        way->bytes += bytes;
        if (drand48() < loss) { way->lost++; continue; }
        struct packet *packet = &way->queue[way->tail++ % SLOTS];
        packet->at = way->free_at + delay;
        packet->bytes = bytes;
        memcpy(packet->data, data, bytes);
      }
    }
  }
  kill(b, SIGKILL);
  fprintf(stderr, "{\"up\":{\"bytes\":%ld,\"packets\":%ld,\"lost\":%ld,\"overflowed\":%ld},\"down\":{\"bytes\":%ld,\"packets\":%ld,\"lost\":%ld,\"overflowed\":%ld}}\n",
    ways[0].bytes, ways[0].packets, ways[0].lost, ways[0].overflowed, ways[1].bytes, ways[1].packets, ways[1].lost, ways[1].overflowed);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 72;
}
