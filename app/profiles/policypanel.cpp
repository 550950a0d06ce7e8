#include "app/profiles/policypanel.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/noteline.h"
#include "conductor/base/hostile.h"
#include "mcp/server/wireform.h"
#include "mcp/tools/catalogue.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QLocale>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::Profile;
using conductor::Result;
using mcp::Effect;
using mcp::Policy;
using mcp::Selection;
using mcp::Verdict;

namespace app {
namespace {

const QString gate = u"gate"_s;
const QString chosenTools = u"chosen"_s; // in the list of presets: toolsets one by one
constexpr int usual = -1;                // no rule of its own
constexpr int mostFreeRuns = 1000;

// How many there are, and how many bytes a model reads about them.
struct Weight {
    int tools = 0;
    qsizetype bytes = 0;
};

Weight weightOf(const Selection &selection)
{
    Weight weight;
    const auto tools = mcp::tools::catalogueOfEffects(Policy{.allowed = selection});
    for (const mcp::ToolRegistry::Entry &entry : tools->entries()) {
        ++weight.tools;
        weight.bytes += QJsonDocument(mcp::toolJson(entry.tool, mcp::newestHandshake)).toJson(QJsonDocument::Compact).size();
    }
    return weight;
}

QString toolsetWords(const QString &toolset)
{
    if (toolset == u"insight")
        return PolicyPanel::tr("See runs");
    if (toolset == u"execution")
        return PolicyPanel::tr("Start and steer runs");
    if (toolset == u"workflow")
        return PolicyPanel::tr("Workflow definitions");
    if (toolset == u"task")
        return PolicyPanel::tr("Tasks and queues");
    return PolicyPanel::tr("Any endpoint of the API");
}

bool isPreset(const QComboBox &presets, const QStringList &toolsets)
{
    return toolsets.size() == 1 && presets.findData(toolsets.first()) >= 0;
}

} // namespace

QJsonObject sectionWith(const QJsonObject &section, const Policy &policy)
{
    QJsonObject all = section, rules = section[gate].toObject();
    for (const auto key : {"toolsets"_L1, "tools"_L1, "exclude_tools"_L1, "read_only"_L1})
        all.remove(key);
    for (const auto key : {"read"_L1, "add"_L1, "change"_L1, "destroy"_L1, "tools"_L1, "patience"_L1, "free_runs"_L1, "free_descriptions"_L1})
        rules.remove(key);
    const QJsonObject own = policy.toJson(), ownRules = own[gate].toObject();
    for (auto it = own.begin(); it != own.end(); ++it)
        all[it.key()] = *it;
    for (auto it = ownRules.begin(); it != ownRules.end(); ++it)
        rules[it.key()] = *it;
    if (rules.isEmpty())
        all.remove(gate);
    else
        all[gate] = rules;
    return all;
}

PolicyPanel::PolicyPanel(QWidget *parent)
    : QWidget(parent)
    , m_tools(new QComboBox)
    , m_toolsets(new QWidget)
    , m_weight(new QLabel)
    , m_readOnly(new QCheckBox(tr("AI clients may only read")))
    , m_freeRuns(new QSpinBox)
    , m_freeDescriptions(new QCheckBox(tr("Do not ask when only descriptions of a definition change")))
    , m_all(new QWidget)
    , m_note(new NoteLine)
{
    build();
    connect(m_tools, &QComboBox::activated, this, &PolicyPanel::keepTools);
    for (const auto &[name, box] : m_toolset)
        connect(box, &QCheckBox::clicked, this, &PolicyPanel::keepTools);
    connect(m_readOnly, &QCheckBox::clicked, this, &PolicyPanel::keep);
    connect(m_freeDescriptions, &QCheckBox::clicked, this, &PolicyPanel::keep);
    for (const auto &[kind, verdict] : m_verdicts)
        connect(verdict, &QComboBox::activated, this, &PolicyPanel::keep);
    m_freeRuns->setKeyboardTracking(false);
    m_tools->installEventFilter(this);
    m_freeRuns->installEventFilter(this);
    for (const auto &[kind, verdict] : m_verdicts)
        verdict->installEventFilter(this);
    connect(m_freeRuns, &QSpinBox::valueChanged, this, &PolicyPanel::keep);
}

// Who scrolls the page must not change what AI clients may do.
bool PolicyPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Wheel)
        return QWidget::eventFilter(watched, event);
    event->ignore();
    return true;
}

void PolicyPanel::build()
{
    auto *heading = new QLabel(tr("What AI clients may do"));
    setTextStyle(*heading, TextStyle::Strong);
    setTextStyle(*m_weight, TextStyle::Hint);
    m_weight->setWordWrap(true);
    auto *hint = new QLabel(tr("Calls are judged by this at once. The list of tools changes for AI clients that connect from now on."));
    setTextStyle(*hint, TextStyle::Hint);
    hint->setWordWrap(true);
    m_tools->setAccessibleName(tr("Tools that AI clients are offered"));
    m_tools->addItem(tr("All tools"), u"full"_s);
    m_tools->addItem(tr("All but those for any endpoint"), u"standard"_s);
    m_tools->addItem(tr("Only a few: see and start runs"), u"minimal"_s);
    m_tools->addItem(tr("See runs; any endpoint for the rest"), u"dynamic"_s);
    m_tools->addItem(tr("Chosen ones"), chosenTools);

    auto *all = new QVBoxLayout(m_all);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(Metrics::rowGap);
    all->addWidget(m_tools, 0, Qt::AlignLeft);
    all->addWidget(buildToolsets());
    all->addWidget(m_weight);
    all->addWidget(m_readOnly);
    all->addWidget(buildVerdicts());
    all->addWidget(m_freeDescriptions);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->addWidget(heading);
    layout->addWidget(m_note);
    layout->addWidget(m_all);
    layout->addWidget(hint);
}

QWidget *PolicyPanel::buildToolsets()
{
    auto *layout = new QVBoxLayout(m_toolsets);
    layout->setContentsMargins(Metrics::groupGap, 0, 0, 0);
    layout->setSpacing(Metrics::unit);
    const QStringList toolsets = mcp::toolsets();
    for (const QString &name : toolsets) {
        auto *box = new QCheckBox(toolsetWords(name));
        box->setToolTip(mcp::toolsOf(name).join(u'\n'));
        m_toolset[name] = box;
        layout->addWidget(box);
    }
    return m_toolsets;
}

QWidget *PolicyPanel::buildVerdicts()
{
    auto *place = new QWidget;
    auto *layout = new QFormLayout(place);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    for (const auto &[kind, words] : {std::pair(Effect::Kind::Add, tr("Calls that add something")), std::pair(Effect::Kind::Change, tr("Calls that change something")),
                                      std::pair(Effect::Kind::Destroy, tr("Calls that end or destroy something"))}) {
        auto *verdict = new QComboBox;
        verdict->setAccessibleName(words);
        verdict->addItem(QString(), usual);
        verdict->addItem(tr("Allow"), int(Verdict::Allow));
        verdict->addItem(tr("Ask"), int(Verdict::Ask));
        verdict->addItem(tr("Deny"), int(Verdict::Deny));
        verdict->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        m_verdicts[kind] = verdict;
        layout->addRow(words, verdict);
    }
    m_freeRuns->setRange(0, mostFreeRuns);
    m_freeRuns->setSpecialValueText(tr("any number"));
    m_freeRuns->setSuffix(tr(" executions"));
    m_freeRuns->setAccessibleName(tr("Ask about calls that name at least so many executions"));
    layout->addRow(tr("Ask about calls with at least"), m_freeRuns);
    return place;
}

void PolicyPanel::show(const Profile &profile)
{
    const QSignalBlocker quietRuns(m_freeRuns);
    m_section = profile.sections[Policy::section].toObject();
    const Result<Policy> read = Policy::of({}, m_section, profile.production);
    m_all->setEnabled(read.has_value());
    QStringList notes;
    if (!read)
        notes << tr("Its rules cannot be read, and AI clients are refused: %1. Mend them in the file of profiles.").arg(conductor::harmless(read.error().message, 300));
    m_policy = read ? *read : Policy{};
    m_policy.production = profile.production;
    if (!m_policy.rules.tools.isEmpty())
        notes << tr("%1 tools have a rule of their own, which stays.").arg(QLocale().toString(m_policy.rules.tools.size()));
    if (!m_policy.allowed.tools.isEmpty() || !m_policy.allowed.excluded.isEmpty())
        notes << tr("Single tools are offered or left out by name, which stays.");
    m_note->say(notes);

    showTools();
    m_readOnly->setChecked(m_policy.allowed.readOnly);
    for (const auto &[kind, verdict] : m_verdicts) {
        Policy plain;
        plain.production = profile.production;
        const bool asks = plain.verdict({}, Effect{.kind = kind}) == Verdict::Ask;
        verdict->setItemText(0, asks ? tr("Ask, as is usual") : tr("Allow, as is usual"));
        const auto own = m_policy.rules.effects.find(kind);
        verdict->setCurrentIndex(verdict->findData(own == m_policy.rules.effects.end() ? usual : int(own->second)));
    }
    if (m_freeRuns->value() != m_policy.rules.freeRuns) // else what is being typed would go
        m_freeRuns->setValue(m_policy.rules.freeRuns);
    m_freeDescriptions->setChecked(m_policy.rules.freeDescriptions);
}

void PolicyPanel::showTools()
{
    const Selection &allowed = m_policy.allowed;
    const bool all = allowed.toolsets.isEmpty() && allowed.tools.isEmpty();
    const bool preset = isPreset(*m_tools, allowed.toolsets);
    m_tools->setCurrentIndex(m_tools->findData(all ? u"full"_s : preset ? allowed.toolsets.first() : chosenTools));
    m_toolsets->setVisible(!all && !preset);
    for (const auto &[name, box] : m_toolset)
        box->setChecked(allowed.toolsets.contains(name));
    if (m_weighed == allowed)
        return;
    m_weighed = allowed;
    const Weight weight = weightOf(allowed);
    m_weight->setText(tr("%1 tools; a model reads %2 about them in each conversation.").arg(QLocale().toString(weight.tools), QLocale().formattedDataSize(weight.bytes)));
}

// No toolset at all would be all tools: the last one stays.
void PolicyPanel::keepTools()
{
    const QString preset = m_tools->currentData().toString();
    QStringList toolsets;
    if (preset != chosenTools) {
        toolsets = preset == u"full" ? QStringList() : QStringList(preset);
    } else {
        const QStringList all = mcp::toolsets();
        const bool began = !m_toolsets->isVisibleTo(this);
        for (const QString &name : all) {
            if (began ? name != u"api" : m_toolset.at(name)->isChecked())
                toolsets << name;
        }
        for (const QString &other : m_policy.allowed.toolsets) { // presets among them
            if (!began && !all.contains(other))
                toolsets << other;
        }
        if (toolsets.isEmpty() && m_policy.allowed.tools.isEmpty()) {
            showTools();
            return;
        }
    }
    m_policy.allowed.toolsets = toolsets;
    keep();
}

void PolicyPanel::keep()
{
    m_policy.allowed.readOnly = m_readOnly->isChecked();
    for (const auto &[kind, verdict] : m_verdicts) {
        if (const int own = verdict->currentData().toInt(); own == usual)
            m_policy.rules.effects.erase(kind);
        else
            m_policy.rules.effects[kind] = Verdict(own);
    }
    m_policy.rules.freeRuns = m_freeRuns->value();
    m_policy.rules.freeDescriptions = m_freeDescriptions->isChecked();
    showTools();
    Q_EMIT chosen(sectionWith(m_section, m_policy));
}

} // namespace app
