#include "mcp/tools/offering.h"

#include <QFile>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp::tools {
namespace {

const QStringList topics{u"definitions"_s, u"expressions"_s, u"task-types"_s, u"search"_s};

Reply<Contents> guide(Call call)
{
    const QString topic = call.arguments[u"topic"].toString();
    QFile file(u":/guides/"_s + topic + u".md"_s);
    if (!topics.contains(topic) || !file.open(QIODevice::ReadOnly))
        return answered<Contents>(Failure({Error::Kind::NotFound, u"There is no guide %1"_s.arg(topic), u"There are: "_s + topics.join(u", "_s)}));
    return answered<Contents>(Contents{.mimeType = u"text/markdown"_s, .text = QString::fromUtf8(file.readAll())});
}

} // namespace

void addGuides(Offer &offer)
{
    offer.resources.push_back({.uri = UriTemplate(u"conductor://guide/{topic}"_s), .name = u"guide"_s, .title = u"Guide"_s,
                               .description = u"Short guides for writing and finding workflows: "_s + topics.join(u", "_s), .mimeType = u"text/markdown"_s, .read = guide,
                               .complete = [](QString, QString typed, QJsonObject, Call) { return answered<QStringList>(matching(topics, typed)); }});
}

} // namespace mcp::tools
