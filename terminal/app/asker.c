#include "terminal/app/asker.h"

#include <pthread.h>
#include <stdlib.h>

struct asker {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	enum asker_at at; /* under lock, as stop */
	bool stop;
	void (*ask)(void *arg);
	void *arg;
};

static void *ask_on(void *arg)
{
	struct asker *a = arg;

	pthread_mutex_lock(&a->lock);
	for (;;) {
		while (a->at != ASKER_OUT && !a->stop)
			pthread_cond_wait(&a->changed, &a->lock);
		if (a->stop)
			break;
		pthread_mutex_unlock(&a->lock);
		a->ask(a->arg);
		pthread_mutex_lock(&a->lock);
		a->at = ASKER_BACK;
	}
	pthread_mutex_unlock(&a->lock);
	return NULL;
}

struct asker *asker_start(void (*ask)(void *arg), void *arg, struct err *err)
{
	struct asker *a = calloc(1, sizeof(*a));

	if (!a) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for the line");
		return NULL;
	}
	a->ask = ask;
	a->arg = arg;
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->changed, NULL);
	if (pthread_create(&a->thread, NULL, ask_on, a) == 0)
		return a;
	err_set(err, ERR_IO, 0, "no thread for the line");
	pthread_cond_destroy(&a->changed);
	pthread_mutex_destroy(&a->lock);
	free(a);
	return NULL;
}

enum asker_at asker_look(struct asker *a)
{
	enum asker_at at;

	pthread_mutex_lock(&a->lock);
	at = a->at;
	pthread_mutex_unlock(&a->lock);
	return at;
}

static void turn(struct asker *a, enum asker_at at, bool stop)
{
	pthread_mutex_lock(&a->lock);
	a->at = at;
	a->stop = stop;
	pthread_cond_signal(&a->changed);
	pthread_mutex_unlock(&a->lock);
}

void asker_ask(struct asker *a)
{
	turn(a, ASKER_OUT, false);
}

void asker_taken(struct asker *a)
{
	turn(a, ASKER_IDLE, false);
}

void asker_stop(struct asker *a)
{
	if (!a)
		return;
	turn(a, ASKER_IDLE, true);
	pthread_join(a->thread, NULL);
	pthread_cond_destroy(&a->changed);
	pthread_mutex_destroy(&a->lock);
	free(a);
}
