#include "app/activity/storypane.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/plaintextpane.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace app {

StoryPane::StoryPane(QWidget *parent)
    : QWidget(parent)
    , m_back(new IconButton(u"arrow-left", tr("Back to the calls")))
    , m_title(new QLabel)
    , m_summary(new QLabel)
    , m_text(new PlainTextPane(tr("What happened in this session")))
{
    setTextStyle(*m_title, TextStyle::Section);
    setTextStyle(*m_summary, TextStyle::Hint);
    for (QLabel *label : {m_title, m_summary}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto *copy = button(tr("Copy as Markdown"));
    auto *save = button(tr("Save as Markdown …"));
    auto *head = new QHBoxLayout;
    head->setSpacing(Metrics::rowGap);
    head->addWidget(m_back);
    head->addWidget(m_title, 1);
    head->addWidget(copy);
    head->addWidget(save);
    m_text->setFont(textFont(TextStyle::Base));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    layout->setSpacing(Metrics::rowGap);
    layout->addLayout(head);
    layout->addWidget(m_summary);
    layout->addWidget(m_text, 1);
    connect(static_cast<IconButton *>(m_back), &QToolButton::clicked, this, &StoryPane::backRequested);
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_story.markdown());
        Q_EMIT copied();
    });
    connect(save, &QPushButton::clicked, this, &StoryPane::saveRequested);
}

void StoryPane::show(const SessionStory &story)
{
    m_story = story;
    m_title->setText(story.server.isEmpty() ? story.client : tr("%1 on %2").arg(story.client, story.server));
    m_summary->setText(story.summary());
    QStringList lines;
    for (const SessionStory::Line &line : story.lines)
        lines << story.lineText(line);
    if (story.leftOut > 0)
        lines << tr("Further lines that are left out: %1").arg(QLocale().toString(story.leftOut));
    m_text->show(lines.join(u'\n'));
}

void StoryPane::focusFirst()
{
    m_back->setFocus(Qt::OtherFocusReason);
}

} // namespace app
