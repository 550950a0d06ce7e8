// Why something is as it is, and what to do about it, on a quiet wash of its family's colour. Hidden while there is nothing to say.
#pragma once

#include "conductor/model/status.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace app {

class ReasonBox : public QWidget
{
    Q_OBJECT

public:
    explicit ReasonBox(QWidget *parent = nullptr);

    struct Words {
        conductor::StatusFamily family = conductor::StatusFamily::Quiet;
        QString glyph = {};
        QString text = {};    // made harmless already; empty hides the box
        QString whole = {};   // for the tooltip
        QString advice = {};  // quieter
        QString action = {};  // of a button

        bool operator==(const Words &) const = default;
    };

    void show(const Words &words);
    using QWidget::show;
    QString text() const;

Q_SIGNALS:
    void actionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void tint();

    Words m_words;
    QLabel *m_icon;
    QLabel *m_text;
    QLabel *m_advice;
    QPushButton *m_action;
};

} // namespace app
