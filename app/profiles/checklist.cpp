#include "app/profiles/checklist.h"

#include "app/look/icons.h"
#include "app/look/metrics.h"
#include "app/look/statuslook.h"
#include "app/look/textstyle.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>

using conductor::StatusFamily;

namespace app {
namespace {

struct LineLook {
    QStringView glyph;
    StatusFamily family;
    QString word; // what a screen reader says for the glyph
};

LineLook lookOf(CheckLine::State state)
{
    switch (state) {
    case CheckLine::State::Passed:
        return {u"circle-check", StatusFamily::Good, CheckList::tr("passed")};
    case CheckLine::State::Warned:
        return {u"triangle-alert", StatusFamily::NeedsYou, CheckList::tr("passed with a warning")};
    case CheckLine::State::Failed:
        return {u"circle-x", StatusFamily::Bad, CheckList::tr("failed")};
    case CheckLine::State::Skipped:
        break;
    }
    return {u"minus", StatusFamily::Quiet, CheckList::tr("not checked")};
}

QLabel *plainLabel(const QString &text, TextStyle style)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    setTextStyle(*label, style);
    return label;
}

} // namespace

CheckList::CheckList(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(Metrics::rowGap);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(2, 1);
    hide();
}

void CheckList::show(std::vector<CheckLine> lines)
{
    if (m_lines != lines) {
        m_lines = std::move(lines);
        build();
    }
    setVisible(!m_lines.empty());
}

void CheckList::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_lines.empty())
        build();
    QWidget::changeEvent(event);
}

void CheckList::build()
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    QStringList said;
    int row = 0;
    for (const CheckLine &line : m_lines) {
        row = addLine(line, row);
        said << tr("%1: %2", "a check and how it went").arg(line.title, lookOf(line.state).word);
    }
    setAccessibleName(said.join(QStringLiteral("; ")));
}

void CheckList::addText(const QString &text, QPalette::ColorRole role, int row)
{
    auto *label = plainLabel(text, TextStyle::Base);
    label->setForegroundRole(role);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_grid->addWidget(label, row, 2, Qt::AlignTop);
}

int CheckList::addLine(const CheckLine &line, int row)
{
    const LineLook look = lookOf(line.state);
    auto *glyph = new QLabel;
    glyph->setPixmap(iconPixmap(look.glyph, familyColor(look.family, palette()), Metrics::rowIcon, devicePixelRatioF()));
    glyph->setAccessibleName(look.word);
    const bool quiet = line.state == CheckLine::State::Skipped;
    auto *title = plainLabel(line.title, TextStyle::Base);
    title->setWordWrap(false);
    if (quiet)
        title->setForegroundRole(QPalette::PlaceholderText);
    m_grid->addWidget(glyph, row, 0, Qt::AlignTop);
    m_grid->addWidget(title, row, 1, Qt::AlignTop);
    if (!line.detail.isEmpty())
        addText(line.detail, line.state == CheckLine::State::Failed ? QPalette::WindowText : QPalette::PlaceholderText, row);
    if (!line.fix.isEmpty())
        addText(line.fix, QPalette::WindowText, ++row);
    m_grid->setRowMinimumHeight(++row, Metrics::unit);
    return row + 1;
}

} // namespace app
