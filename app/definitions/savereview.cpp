#include "app/definitions/savereview.h"

#include "app/definitions/diffview.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/placement.h"
#include "conductor/base/hostile.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::Done;
using conductor::Error;
using conductor::Reply;
using conductor::Result;
using conductor::TaskChange;

namespace app {
namespace {

constexpr int mostNames = 6;

QString namesOf(const std::vector<TaskChange> &tasks, TaskChange::Kind kind)
{
    QStringList names;
    for (const TaskChange &task : tasks) {
        if (task.kind == kind)
            names << conductor::harmless(task.ref, 60);
    }
    if (names.size() > mostNames) {
        const qsizetype more = names.size() - mostNames;
        names = names.first(mostNames);
        names << SaveReview::tr("%1 more").arg(more);
    }
    return names.join(u", "_s);
}

} // namespace

QString changesInWords(const SavePlan &plan)
{
    if (plan.comparedWith == 0)
        return SaveReview::tr("Nothing of this name is on the server yet.");
    if (plan.changes.isEmpty())
        return SaveReview::tr("No difference to version %1 on the server.").arg(plan.comparedWith);
    QStringList parts;
    for (const auto &[kind, pattern] : {std::pair(TaskChange::Kind::Added, SaveReview::tr("added: %1")), std::pair(TaskChange::Kind::Removed, SaveReview::tr("removed: %1")),
                                        std::pair(TaskChange::Kind::Changed, SaveReview::tr("changed: %1")), std::pair(TaskChange::Kind::Moved, SaveReview::tr("moved: %1"))}) {
        if (const QString names = namesOf(plan.changes.tasks, kind); !names.isEmpty())
            parts << pattern.arg(names);
    }
    QStringList fields;
    for (const conductor::FieldChange &field : plan.changes.fields)
        fields << conductor::harmless(field.path, 60);
    if (!fields.isEmpty())
        parts << SaveReview::tr("fields: %1").arg(fields.first(std::min<qsizetype>(fields.size(), mostNames)).join(u", "_s));
    return SaveReview::tr("Against version %1 on the server: %2 (%3).").arg(QString::number(plan.comparedWith), conductor::sentence(plan.changes), parts.join(u"; "_s));
}

SaveReview::SaveReview(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_sentence(new QLabel)
    , m_message(new MessageBar)
    , m_diff(new DiffView(tr("Differences to the server")))
    , m_cancel(button(tr("Back to the text")))
    , m_replace(button({}))
    , m_add(button({}, ButtonKind::Primary))
{
    build();
    connect(m_cancel, &QPushButton::clicked, this, &SaveReview::cancelled);
    connect(m_message, &MessageBar::actionRequested, this, &SaveReview::compare);
    connect(m_replace, &QPushButton::clicked, this, [this] { store(m_plan.version); });
    connect(m_add, &QPushButton::clicked, this, [this] { store(m_plan.exists ? m_plan.newest + 1 : m_plan.version); });
}

void SaveReview::build()
{
    setTextStyle(*m_title, TextStyle::Section);
    m_title->setTextFormat(Qt::PlainText);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);

    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::rowGap);
    buttons->setSpacing(Metrics::rowGap);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    buttons->addWidget(m_replace);
    buttons->addWidget(m_add);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(reviewHead(m_title, m_sentence, m_message));
    layout->addWidget(m_diff, 1);
    layout->addLayout(buttons);
}

void SaveReview::begin(DefinitionWork *work, const SaveWish &wish)
{
    ++m_turn;
    m_work = work;
    m_wish = wish;
    check();
}

void SaveReview::show(const SavePlan &plan)
{
    m_plan = plan;
    m_title->setText(tr("Save %1").arg(conductor::harmless(plan.name, 80)));
    m_sentence->setText(changesInWords(plan));
    if (plan.conflict.isEmpty())
        m_message->close();
    else
        m_message->say(MessageBar::Kind::Warning, plan.conflict);
    m_diff->show(plan.before, plan.after);
    m_replace->setVisible(plan.exists && !plan.changes.isEmpty());
    m_replace->setText(tr("Replace version %1").arg(plan.version));
    m_add->setText(tr("Save as version %1").arg(plan.exists ? plan.newest + 1 : plan.version));
    setSaving(false);
}

void SaveReview::setSaving(bool saving)
{
    for (QPushButton *button : {m_cancel, m_replace, m_add})
        button->setEnabled(!saving);
}

// The server looks at the text first, so that nobody reads differences that cannot be saved.
Reply<Done> SaveReview::check()
{
    const quint64 turn = m_turn;
    const Result<Done> checked = co_await outcome(m_work->check(m_wish.definition));
    if (turn != m_turn)
        co_return Done{};
    if (checked)
        compare();
    else
        Q_EMIT refused(checked.error());
    co_return Done{};
}

Reply<Done> SaveReview::compare()
{
    const quint64 turn = m_turn;
    if (!m_work)
        co_return Done{};
    setSaving(true);
    const Result<SavePlan> plan = co_await outcome(m_work->plan(m_wish));
    if (turn != m_turn)
        co_return Done{};
    setSaving(false);
    if (!plan) {
        Q_EMIT refused(plan.error());
        co_return Done{};
    }
    show(*plan);
    Q_EMIT compared();
    co_return Done{};
}

Reply<Done> SaveReview::store(int version)
{
    const quint64 turn = m_turn;
    if (!m_work)
        co_return Done{};
    SavePlan plan = m_plan;
    QJsonObject definition = m_wish.definition;
    if (version != plan.version) {
        definition[u"version"_s] = plan.version = version;
        plan.exists = false;
    }
    setSaving(true);
    const Result<QString> answer = co_await outcome(m_work->store(definition, plan));
    if (turn != m_turn)
        co_return Done{};
    setSaving(false);
    if (answer)
        Q_EMIT stored(plan.name, plan.version, *answer);
    else if (answer.error().kind == Error::Kind::Validation)
        Q_EMIT refused(answer.error());
    else
        m_message->sayError(tr("It was not saved: %1").arg(conductor::harmless(answer.error().message, 300)), answer.error(), tr("Compare again"));
    co_return Done{};
}

} // namespace app
