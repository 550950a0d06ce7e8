// What a probe has found out so far, and its parts. For this folder only.
#pragma once

#include "conductor/api/probe.h"
#include "conductor/api/probedexchange.h"

#include <QJsonObject>

namespace conductor {

// One probe on its way. Its parts share it.
struct Probing {
    QUrl url = {};
    std::shared_ptr<KeySource> keys = {};
    ProbeLimits limits = {};
    std::shared_ptr<QNetworkAccessManager> network = std::make_shared<QNetworkAccessManager>();
    ProbeReport report = {};
    bool over = false;         // a check has failed that ends it
    bool demandsToken = false; // the server answered 401 or 403 to a request without one
    QString token = {};
    qint64 slowest = 0; // ms

    // What a check has found. fail() ends the probe with that status.
    void note(ProbeCheck::What what, ProbeCheck::State state, const QString &detail, qint64 tookMs = 0);
    void pass(ProbeCheck::What what, const QString &detail, qint64 tookMs = 0);
    void fail(ProbeCheck::What what, ProbeStatus status, const QString &detail, const QString &fix, qint64 tookMs = 0);

    QDeadlineTimer deadline() const { return QDeadlineTimer(limits.patience); }
    QUrl below(const QString &path) const;
    QString server() const; // "http://host:8080"
};

// GET with the token there is; an answer counts for the response time.
Reply<ProbedExchange> ask(std::shared_ptr<Probing> probing, QUrl url);

// Why there was no answer: Connection, Encryption.
Reply<Done> explainNoAnswer(std::shared_ptr<Probing> probing, ProbedExchange first);

// What the answer to /version says about who is there: Api.
Reply<Done> judge(std::shared_ptr<Probing> probing, ProbedExchange first);

// "3.32.3" from an answer to /version; empty when it is something else.
QString versionIn(const ProbedExchange &exchange);
QJsonObject objectIn(const ProbedExchange &exchange); // empty when the answer is not JSON
QString wordsOf(const ProbedExchange &exchange);      // the server's own, harmless
bool isRefusal(const ProbedExchange &exchange);       // 401, 403
bool isFailure(const ProbedExchange &exchange);       // 429, 5xx

} // namespace conductor
