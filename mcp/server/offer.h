// What a server offers beside its tools: resources to read, prompts to fill in, and a word about itself. Filled once, before the
// first session; shared by all of them.
#pragma once

#include "mcp/protocol/uritemplate.h"
#include "mcp/server/tool.h"

#include <QJsonArray>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace mcp {

// What a resource holds: text, or bytes.
struct Contents {
    QString mimeType = {};
    QString text = {};
    std::optional<QByteArray> bytes = {};
};

// Values that complete what was typed, best first. context: the other arguments as far as they are known.
using Complete = std::function<conductor::Reply<QStringList>(QString argument, QString typed, QJsonObject context, Call call)>;

// One address, or all that a template with variables stands for; call.arguments holds the variables.
struct Resource {
    UriTemplate uri;
    QString name;
    QString title = {};
    QString description = {};
    QString mimeType = {};
    std::function<conductor::Reply<Contents>(Call)> read; // Errors: NotFound
    QString tool = {}; // that reads the same; offered only together with it
    Complete complete = {};
    // Tells when it has changed, until what is returned dies. Empty: it cannot be watched, and a subscription hears nothing.
    std::function<std::shared_ptr<QObject>(QHash<QString, QString> variables, std::function<void()> changed)> watch = {};

    bool isTemplate() const { return !uri.variables().isEmpty(); }
};

struct PromptArgument {
    QString name;
    QString description;
    bool required = false;
};

struct Prompt {
    QString name;
    QString title;
    QString description;
    std::vector<PromptArgument> arguments = {};
    QString tool = {}; // that it leads to first; offered only together with it
    std::function<conductor::Reply<QJsonArray>(Call)> get; // its messages; Errors: Validation
    Complete complete = {};
};

class Offer : public QObject
{
    Q_OBJECT

public:
    std::vector<Resource> resources = {};
    std::vector<Prompt> prompts = {};
    QString instructions = {};
    bool changes = false; // whether toolsChanged() and promptsChanged() may come

Q_SIGNALS:
    void toolsChanged();
    void promptsChanged();
};

} // namespace mcp
