"""What one does on a page of Odoo: type, choose, save, open. One way for each thing.

Each of them waits until the page has come to rest before it begins, since what is
typed while an answer is on its way may be drawn over, and ends by seeing on the screen
what it did.
"""

from contextlib import contextmanager

from playwright.sync_api import expect

# A machine that runs the whole of bin/test is slow to answer, and that is no failure.
expect.set_options(timeout=30_000)

#: A record in a list, or its card.
RECORD = ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)"
#: What a user can write in.
WRITTEN = "textarea, input:not([type=file])"


def settle(page):
    """Wait until the page has had every answer it asked the server for, and shows it.

    What was typed may make it ask again; until then it may draw its fields anew.
    """
    page.evaluate("window.comeToRest()")


def visit(page, address):
    """Go to an address. A page that is left before it rests may complain of it."""
    settle(page)
    page.goto(address)
    settle(page)


# -- typing and choosing ---------------------------------------------------------------


def write(page, scope, /, **texts):
    """Fill in fields of a form, a dialog or a row: name=text."""
    for name, text in texts.items():
        settle(page)
        box = scope.locator(f"[name={name}] :is({WRITTEN})").locator("visible=true")
        box.first.fill(text)
        expect(box.first).to_have_value(text)


def choose_record(page, scope, name, words, shown=None):
    """Choose a record in the field `name`, a many2one or tags, by typing `words`.

    :param shown: words of the proposal, where it does not read as what is typed; of
        several, the first is taken
    """
    settle(page)
    field = scope.locator(f"[name={name}]").first
    box = field.locator("input").first
    box.click()
    settle(page)
    proposals = page.locator(
        ".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option)"
    )
    with proposed(page, words):
        box.press_sequentially(words)
    settle(page)
    chosen = proposals.filter(has_text=words if shown is None else shown).first
    expect(chosen).to_be_visible()
    label = chosen.inner_text().strip().split("\n")[0]
    chosen.click()
    expect(proposals).to_have_count(0)
    settle(page)
    expect_chosen(field, label)


@contextmanager
def proposed(page, words):
    """Inside, `words` are typed; afterwards the server has proposed records for them.

    What it proposes for nothing, or for half of the words, comes before, and may hold
    the right record in a list that is about to be drawn anew.
    """

    def answers(response):
        if not response.url.endswith("/web_name_search"):
            return False
        return response.request.post_data_json["params"]["kwargs"]["name"] == words

    with page.expect_response(answers):
        yield


def expect_chosen(field, label):
    """The field shows this record: in its box, or among its tags."""
    tags = field.locator(".o_tag", has_text=label)
    if field.locator(".o_field_tags").count():
        expect(tags).to_have_count(1)
    else:
        expect(field.locator("input").first).to_have_value(label)


def choose_option(page, scope, name, option):
    """Choose from the selection `name`: an option by its words, or by its number."""
    settle(page)
    box = scope.locator(f"[name={name}] .o_select_menu_toggler")
    box.click()
    options = page.locator(".o_select_menu_menu .o_select_menu_item")
    if isinstance(option, int):
        chosen = options.nth(option)
    else:
        chosen = options.filter(has_text=option).first
    expect(chosen).to_be_attached()
    sheet = page.locator(".o_bottom_sheet")
    if sheet.count():
        # A phone's menu slides in from below, and shuts when it is scrolled before it
        # has arrived; a click scrolls what it does not yet find on the screen.
        expect(sheet).to_contain_class("o_bottom_sheet_snapping")
    words = chosen.inner_text().strip()
    chosen.click()
    expect(options).to_have_count(0)
    settle(page)
    expect(box).to_have_value(words)


def fill_day(page, scope, name, value):
    """Type a day (or a day and hour) as the Vietnamese write it: 31/12/2026.

    A day that is known is a button until one goes to it. Also one end of a range. One
    goes there without the mouse: what it rests on shows a hint, which covers others.
    """
    settle(page)
    field = scope.locator(f"[data-field={name}]")
    field.first.focus()
    box = scope.locator(f"input[data-field={name}]")
    expect(box).to_be_focused()
    settle(page)
    box.fill(value)
    box.press("Tab")
    settle(page)
    shown = scope.locator(f"[data-field={name}], [name={name}] span")
    expect(shown.first).to_have_attribute("data-tooltip", value)


def attach(page, scope, files, name="attachment_ids"):
    """Add files to the field `name`, which has none yet."""
    settle(page)
    field = scope.locator(f"[name={name}]")
    field.locator("input[type=file]").set_input_files(files)
    expect(field.locator(".o_attachment")).to_have_count(len(files))
    settle(page)


# -- rows of a form --------------------------------------------------------------------


def leave_row(page):
    """What is typed in a list is the form's once its row is left."""
    settle(page)
    page.locator(".o_control_panel").click(position={"x": 3, "y": 3})
    expect(page.locator(".o_selected_row")).to_have_count(0)
    settle(page)


def add_row(page, name):
    """Begin a new row in the list `name` of the form; the row, which is the open one.

    An empty one that was begun already (leaving the last cell of a row begins the next)
    is given up first.
    """
    leave_row(page)
    rows = page.locator(f"[name={name}] .o_data_row")
    number = rows.count()
    page.locator(f"[name={name}] .o_field_x2many_list_row_add a").first.click()
    row = open_row(page, rows.nth(number))
    expect(rows).to_have_count(number + 1)
    return row


def edit_row(page, row, name):
    """Go into the cell `name` of a row, which is the open one then."""
    settle(page)
    row.locator(f"td[name={name}]").click()
    return open_row(page, row)


def open_row(page, row):
    expect(row).to_contain_class("o_selected_row")
    # a row that opens takes the focus to one of its cells, once
    expect(row.locator(":focus")).to_have_count(1)
    settle(page)
    return row


def write_cell(page, row, name, text):
    """Write into one cell of a list, and leave the row."""
    write(page, edit_row(page, row, name), **{name: text})
    leave_row(page)
    expect(row.locator(f"td[name={name}]")).to_contain_text(text)


# -- pages, buttons and dialogs --------------------------------------------------------


def tab(page, name):
    """Turn to the page `name` of a form."""
    settle(page)
    header = page.locator(f".o_notebook_headers [name={name}]")
    header.click()
    expect(header).to_contain_class("active")
    settle(page)


def press(page, name, within=None, words=None):
    """Press the button `name`, which a phone may keep in a menu of the form's head.

    :param within: the dialog or row in which it stands
    :param words: what stands on it, where several have that name
    """
    settle(page)
    scope = within or page
    button = scope.locator(f"button[name={name}]:visible", has_text=words)
    menu = scope.locator(".o_statusbar_buttons .o-dropdown:visible")
    expect(button.or_(menu).first).to_be_visible()
    if not button.count():
        menu.first.click()
    button.first.click()


def open_dialog(page, name, within=None, words=None):
    """Press the button `name`; the dialog that it opens."""
    settle(page)
    number = page.locator(".modal").count()
    press(page, name, within, words)
    return opened(page, number)


def add_by_dialog(page, name):
    """Add to the list `name` of the form; the dialog of the new record."""
    settle(page)
    page.locator(f"[name={name}] .o_field_x2many_list_row_add a").first.click()
    return opened(page, 0)


def opened(page, number):
    dialog = page.locator(".modal").nth(number)
    expect(dialog.locator(".o_form_view")).to_be_visible()
    settle(page)
    return dialog


def finish(page, dialog, name):
    """Press a button of a dialog; it closes when the server took what stands in it."""
    press(page, name, dialog)
    expect(page.locator(".modal")).to_have_count(0)
    settle(page)


def keep(page, dialog):
    """Save the record of a dialog, which closes."""
    settle(page)
    dialog.locator(".modal-footer .o_form_button_save").first.click()
    expect(page.locator(".modal")).to_have_count(0)
    settle(page)


def confirm(page):
    """Answer yes to a question."""
    question = page.locator(".modal:not(:has(.o_form_view))")
    expect(question).to_be_visible()
    settle(page)
    question.locator(".modal-footer .btn-primary").click()
    expect(question).to_have_count(0)


def save(page):
    """Save the form. A value that reached it while it is being saved would not be."""
    leave_row(page)
    page.locator(".o_form_button_save:visible").first.click()
    expect(page.locator(".o_form_status_indicator_buttons.invisible")).to_have_count(1)
    settle(page)


# -- lists -----------------------------------------------------------------------------


def search(page, words):
    """Search a list for `words`, as the first field that the search view offers."""
    rows = page.locator(RECORD)
    # the list can be searched before its first rows are there, which then come late
    expect(rows.or_(page.locator(".o_view_nocontent")).first).to_be_visible()
    settle(page)
    page.locator(".o_searchview_input").fill(words)
    # Enter is nobody's key from the first letter until the proposals are drawn
    expect(
        page.locator(".o_searchview_autocomplete .o-dropdown-item.focus")
    ).to_contain_text(words)
    settle(page)
    page.keyboard.press("Enter")
    expect(page.locator(".o_searchview_facet", has_text=words)).to_be_visible()
    settle(page)
    expect(rows.filter(has_not_text=words)).to_have_count(0)


def open_record(page, words, cell=None):
    """Open the record of these words from a list, or from cards on a phone.

    :param cell: the cell to press, where another one has a link or a button
    """
    settle(page)
    record = page.locator(RECORD, has_text=words).first
    (record.locator(f"[name={cell}]").first if cell else record).click()
    expect(page.locator(".o_form_view")).to_be_visible()
    settle(page)


def expect_state(page, value):
    """The record on the page stands in this state."""
    expect(
        page.locator(".o_statusbar_status .o_arrow_button_current")
    ).to_have_attribute("data-value", value)
    settle(page)
