// A session as a story to read, copy and save as Markdown. The activity page owns it.
#pragma once

#include "app/activity/sessionstory.h"

#include <QWidget>

class QLabel;

namespace app {

class PlainTextPane;

class StoryPane : public QWidget
{
    Q_OBJECT

public:
    explicit StoryPane(QWidget *parent = nullptr);

    void show(const SessionStory &story);
    using QWidget::show;
    const SessionStory &story() const { return m_story; }
    void focusFirst();

Q_SIGNALS:
    void backRequested();
    void saveRequested();
    void copied();

private:
    SessionStory m_story;
    QWidget *m_back;
    QLabel *m_title;
    QLabel *m_summary;
    PlainTextPane *m_text;
};

} // namespace app
