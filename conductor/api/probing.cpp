#include "conductor/api/probing.h"

#include "conductor/base/hostile.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

QString titleOf(ProbeCheck::What what)
{
    using What = ProbeCheck::What;
    switch (what) {
    case What::Address:
        return u"Address"_s;
    case What::Connection:
        return u"Connection"_s;
    case What::Encryption:
        return u"Encryption"_s;
    case What::Api:
        return u"Conductor's API"_s;
    case What::Key:
        return u"Access key"_s;
    case What::Reading:
        return u"Reading"_s;
    case What::Speed:
        return u"Response time"_s;
    }
    return {};
}

} // namespace

void Probing::note(ProbeCheck::What what, ProbeCheck::State state, const QString &detail, qint64 tookMs)
{
    report.checks.push_back({what, state, titleOf(what), detail, {}, tookMs});
}

void Probing::pass(ProbeCheck::What what, const QString &detail, qint64 tookMs)
{
    note(what, ProbeCheck::State::Passed, detail, tookMs);
}

void Probing::fail(ProbeCheck::What what, ProbeStatus status, const QString &detail, const QString &fix, qint64 tookMs)
{
    note(what, ProbeCheck::State::Failed, detail, tookMs);
    report.checks.back().fix = fix;
    report.status = status;
    over = true;
}

QUrl Probing::below(const QString &path) const
{
    QUrl below = url;
    below.setPath(url.path(QUrl::FullyEncoded) + path, QUrl::StrictMode);
    return below;
}

QString Probing::server() const
{
    return url.toString(QUrl::RemovePath | QUrl::RemoveQuery);
}

Reply<ProbedExchange> ask(std::shared_ptr<Probing> probing, QUrl url)
{
    const ProbedExchange answer = co_await exchange(probing->network, url, probing->token, probing->deadline());
    if (answer.answered() && answer.status < 400)
        probing->slowest = std::max(probing->slowest, answer.tookMs);
    co_return answer;
}

QString versionIn(const ProbedExchange &exchange)
{
    static const QRegularExpression version(u"^\"?(\\d{1,4}(\\.\\d{1,6}){1,3}[\\w.+-]{0,40})\"?$"_s);
    if (exchange.status != 200 || exchange.isPage())
        return {};
    return version.match(QString::fromUtf8(exchange.body.left(100)).trimmed()).captured(1);
}

QJsonObject objectIn(const ProbedExchange &exchange)
{
    return exchange.contentType.contains("json") ? QJsonDocument::fromJson(exchange.body).object() : QJsonObject();
}

bool isRefusal(const ProbedExchange &exchange)
{
    return exchange.status == 401 || exchange.status == 403;
}

bool isFailure(const ProbedExchange &exchange)
{
    return exchange.status == 429 || exchange.status >= 500;
}

QString wordsOf(const ProbedExchange &exchange)
{
    const QJsonObject json = objectIn(exchange);
    const QString message = json[u"message"].toString(json[u"error"].toString());
    return message.isEmpty() ? u"HTTP %1"_s.arg(exchange.status) : u"HTTP %1, %2"_s.arg(exchange.status).arg(harmless(message));
}

} // namespace conductor
